use super::*;

const TWO: Markers = Markers::Two {
    max_difference: Some(4),
};

fn marks(given: &[(Seat, u16, &str)]) -> Marks {
    let mut marks = Marks::default();
    for (seat, points, by) in given {
        let by = (*by).to_owned();
        marks.put(*seat, Mark { points: *points, by });
    }
    marks
}

fn rules() -> EssayRules {
    EssayRules {
        prompt: "Viết về quê hương.".to_owned(),
        min_chars: 0,
        max_chars: 5,
        points: 30,
        min_points: None,
        markers: Markers::One,
    }
}

#[test]
fn a_text_is_kept_in_one_form_whatever_device_it_comes_from() {
    assert_eq!(clean("  a\r\nb\rc\u{0}\n "), "a\nb\nc");
    // The same letter, composed and as letter and mark.
    assert_eq!(clean("e\u{302}\u{301}"), "ế");
    assert_eq!(clean(&clean("e\u{302}\u{301}\r\n\r\nx")), "ế\n\nx");
}

#[test]
fn characters_are_counted_and_one_too_many_is_refused() {
    assert_eq!(check(&rules(), "Đường"), Ok("Đường".to_owned()));
    assert_eq!(check(&rules(), " Đường \n"), Ok("Đường".to_owned()));
    assert_eq!(
        check(&rules(), "Đường1"),
        Err(TextError::TooLong { chars: 6, limit: 5 })
    );
    assert_eq!(check(&rules(), ""), Ok(String::new()));
}

#[test]
fn one_marker_alone_decides() {
    let given = marks(&[(Seat::First, 17, "An")]);
    assert_eq!(given.outcome(Markers::One), Some(17));
    assert_eq!(given.turn(Markers::One, "An"), Some(Turn::Change(Seat::First)));
    assert_eq!(given.turn(Markers::One, "Bình"), None);
    assert_eq!(Marks::default().outcome(Markers::One), None);
}

#[test]
fn two_marks_within_the_limit_give_their_mean_rounded_half_up() {
    for (a, b, mean) in [(20, 24, 22), (20, 23, 22), (0, 1, 1), (0, 0, 0), (24, 20, 22)] {
        let given = marks(&[(Seat::First, a, "An"), (Seat::Second, b, "Bình")]);
        assert_eq!(given.outcome(TWO), Some(mean), "{a} and {b}");
        assert_eq!(given.turn(TWO, "Chi"), None);
    }
    let one = marks(&[(Seat::First, 20, "An")]);
    assert_eq!(one.outcome(TWO), None);
}

#[test]
fn two_marks_too_far_apart_wait_for_a_third_whose_mark_stands() {
    let mut given = marks(&[(Seat::First, 10, "An"), (Seat::Second, 15, "Bình")]);
    assert_eq!(given.outcome(TWO), None);
    assert_eq!(given.turn(TWO, "Chi"), Some(Turn::New(Seat::Third)));
    let by = "Chi".to_owned();
    given.put(Seat::Third, Mark { points: 14, by });
    assert_eq!(given.outcome(TWO), Some(14));
    // Once the two agree, the third mark decides nothing any more.
    let by = "An".to_owned();
    given.put(Seat::First, Mark { points: 12, by });
    assert_eq!(given.outcome(TWO), Some(14));
    let by = "Bình".to_owned();
    given.put(Seat::Second, Mark { points: 13, by });
    assert_eq!(given.outcome(TWO), Some(13));
    assert_eq!(
        given.turn(TWO, "Chi"),
        None,
        "changing it would let it decide again"
    );
}

#[test]
fn without_a_limit_two_marks_are_never_too_far_apart() {
    let any = Markers::Two { max_difference: None };
    let given = marks(&[(Seat::First, 0, "An"), (Seat::Second, 30, "Bình")]);
    assert_eq!(given.outcome(any), Some(15));
    assert_eq!(given.turn(any, "Chi"), None);
}

#[test]
fn nobody_takes_a_second_seat() {
    let one = marks(&[(Seat::First, 10, "Hoàng An")]);
    assert_eq!(one.turn(TWO, "Hoàng An"), Some(Turn::Change(Seat::First)));
    assert_eq!(one.turn(TWO, "Bình"), Some(Turn::New(Seat::Second)));
    let apart = marks(&[(Seat::First, 10, "An"), (Seat::Second, 20, "Bình")]);
    assert_eq!(apart.turn(TWO, "Bình"), Some(Turn::Change(Seat::Second)));
    assert_eq!(Marks::default().turn(TWO, "An"), Some(Turn::New(Seat::First)));
}

#[test]
fn once_a_ranking_has_counted_them_two_markers_change_nothing_and_another_decides() {
    let given = marks(&[(Seat::First, 20, "An"), (Seat::Second, 22, "Bình")]);
    assert_eq!(given.turn(TWO, "An"), Some(Turn::Change(Seat::First)));
    let mut counted = Marks {
        counted: true,
        ..given
    };
    assert_eq!((counted.turn(TWO, "An"), counted.turn(TWO, "Bình")), (None, None));
    assert_eq!(counted.turn(TWO, "Chi"), Some(Turn::Decide));
    assert_eq!(counted.outcome(TWO), Some(21));
    let by = "Chi".to_owned();
    counted.put(Seat::Third, Mark { points: 24, by });
    counted.third_is_last = true;
    assert_eq!(counted.outcome(TWO), Some(24));
    assert_eq!(counted.turn(TWO, "Chi"), Some(Turn::Change(Seat::Third)));
    assert_eq!(counted.turn(TWO, "Dung"), None);
    // A single marker has nobody to look at.
    let alone = Marks {
        counted: true,
        ..marks(&[(Seat::First, 20, "An")])
    };
    assert_eq!(alone.turn(Markers::One, "An"), Some(Turn::Change(Seat::First)));
    assert_eq!(alone.turn(Markers::One, "Bình"), None);
}
