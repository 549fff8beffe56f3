//! Reading declared places and whether one speaks for a group.

use super::*;
use time::macros::datetime;

fn unit(code: &str) -> Option<UnitId> {
    (code == "X1").then_some(UnitId(1))
}

fn typed() -> Typed<'static> {
    Typed {
        unit: " X1 ",
        kind: "school-lab",
        from: "2033-06-06T08:00",
        until: "2033-06-06 11:30",
        networks: "203.0.113.0/24, 2001:db8::1",
        note: " Phòng máy, lớp 10A và 10B ",
    }
}

#[test]
fn a_declaration_is_read_with_the_hours_of_vietnam() {
    let place = typed().read(unit).unwrap();
    assert_eq!(place.from, Some(datetime!(2033-06-06 08:00 +7)));
    assert_eq!(place.until, Some(datetime!(2033-06-06 11:30 +7)));
    assert_eq!(place.networks, ["203.0.113.0/24", "2001:db8::1"]);
    assert_eq!((place.unit, place.kind), (UnitId(1), PlaceKind::SchoolLab));
    assert_eq!(place.note, "Phòng máy, lớp 10A và 10B");
}

#[test]
fn every_fault_of_a_declaration_is_told() {
    let long = "a".repeat(MAX_NOTE + 1);
    let many = "10.0.0.1 ".repeat(MAX_NETWORKS + 1);
    let cases = [
        (
            Typed {
                unit: "X9",
                ..typed()
            },
            PlaceFault::Unit,
        ),
        (
            Typed {
                kind: "bar",
                ..typed()
            },
            PlaceFault::Kind,
        ),
        (
            Typed {
                from: "6/6/2033",
                ..typed()
            },
            PlaceFault::Moment,
        ),
        (
            Typed {
                until: "2033-06-06 08:00",
                ..typed()
            },
            PlaceFault::Order,
        ),
        (
            Typed {
                networks: "203.0.113.0/33",
                ..typed()
            },
            PlaceFault::Network,
        ),
        (
            Typed {
                networks: "truong.example",
                ..typed()
            },
            PlaceFault::Network,
        ),
        (
            Typed {
                networks: &many,
                ..typed()
            },
            PlaceFault::Network,
        ),
        (Typed { note: " ", ..typed() }, PlaceFault::Note),
        (
            Typed {
                note: &long,
                ..typed()
            },
            PlaceFault::LongNote,
        ),
    ];
    for (typed, fault) in cases {
        assert_eq!(typed.read(unit), Err(fault), "{typed:?}");
    }
}

#[test]
fn a_file_is_taken_whole_or_not_at_all() {
    let good = "\u{feff}unit;kind;from;until;networks;note\nX1;office;;;;Giúp người cao tuổi; sáng thứ Hai\n\n\
                X1;school-lab;2033-06-06 08:00;2033-06-06 11:00;\"10.1.0.0/16 10.2.0.0/16\";\"Phòng máy\"\n";
    let places = read_lines(good, unit).unwrap();
    assert_eq!(places.len(), 2);
    assert_eq!(
        places[0].note, "Giúp người cao tuổi; sáng thứ Hai",
        "the note is the rest of the line"
    );
    assert_eq!(places[1].networks.len(), 2);
    assert_eq!(
        read_lines("X1,office,,,,a\nX1,office", unit),
        Err((2, PlaceFault::Columns))
    );
    assert_eq!(
        read_lines("X1,office,,,,a\nX9,office,,,,b", unit),
        Err((2, PlaceFault::Unit))
    );
    assert_eq!(
        read_lines("unit,kind,from,until,networks,note\n", unit),
        Err((1, PlaceFault::Lines))
    );
    let many = "X1,office,,,,a\n".repeat(MAX_LINES + 1);
    assert_eq!(read_lines(&many, unit), Err((MAX_LINES + 1, PlaceFault::Lines)));
}

#[test]
fn a_place_speaks_for_its_unit_in_its_hours_alone() {
    let mut places = Places::default();
    places.add(UnitId(1), Some(100), Some(200));
    places.add(UnitId(2), None, None);
    assert!(places.covers(UnitId(1), &(100..=199)));
    assert!(
        !places.covers(UnitId(1), &(100..=200)),
        "the end is not part of it"
    );
    assert!(!places.covers(UnitId(1), &(99..=150)));
    assert!(places.covers(UnitId(2), &(0..=i64::MAX - 1)));
    assert!(!places.covers(UnitId(3), &(100..=150)));
}
