//! Problem documents: status, words, waits.

use super::*;
use crate::store::StoreError;

#[test]
fn what_may_pass_is_503_and_what_stays_is_500() {
    let status = |failure| Problem::Failed(failure).status();
    assert_eq!(status(Failure::Busy), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        status(Failure::Unknown(String::new())),
        StatusCode::SERVICE_UNAVAILABLE
    );
    let away = StoreError::Database(crate::store::DatabaseError::PoolTimedOut);
    assert_eq!(status(Failure::Store(away)), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        status(Failure::Inconsistent(String::new())),
        StatusCode::INTERNAL_SERVER_ERROR
    );
}

#[test]
fn every_problem_has_words_in_both_languages() {
    let at = time::macros::datetime!(2023-04-03 01:00 UTC);
    let admissions = [
        AdmitError::NotOpen(at),
        AdmitError::Ended(at),
        AdmitError::Exhausted(3),
        AdmitError::Wait(at),
        AdmitError::Held,
        AdmitError::Paused,
        AdmitError::UsedUp(9),
        AdmitError::NotQualified,
        AdmitError::Person(PersonBar::Later { from: at, to: at }),
        AdmitError::Person(PersonBar::Over(at)),
        AdmitError::Person(PersonBar::Never),
        AdmitError::Person(PersonBar::TooYoung(12, at.date())),
        AdmitError::Person(PersonBar::PastAge(30, at.date())),
    ];
    let failures = [
        Failure::Busy,
        Failure::Unknown(String::new()),
        Failure::Inconsistent(String::new()),
    ];
    let others = [
        Problem::NoLogin,
        Problem::WrongLogin,
        Problem::NotFound,
        Problem::NotPublished,
        Problem::ContestOver(at),
        Problem::Finished(None),
        Problem::DeadlinePassed(None),
        Problem::Prediction(Refused::Running),
        Problem::Prediction(Refused::Stands(crate::domain::prediction::Given {
            number: 1,
            value: 7,
        })),
        Problem::Prediction(Refused::Over(at)),
        Problem::AlreadyRegistered,
        Problem::AccountsIssued,
        Problem::Excluded("thành viên Ban Tổ chức".to_owned()),
        Problem::Invalid(Vec::new()),
        Problem::Malformed,
        Problem::NotJson,
        Problem::TooLarge,
        Problem::WrongMethod,
        Problem::TooMany(60),
        Problem::Failed(crate::store::StoreError::Database(crate::store::DatabaseError::PoolClosed).into()),
        Problem::Other(StatusCode::REQUEST_TIMEOUT),
    ];
    let all = admissions
        .map(Problem::Admission)
        .into_iter()
        .chain(failures.map(Problem::Failed))
        .chain(others);
    for problem in all {
        for lang in Lang::ALL {
            let (title, detail) =
                messages::problem(lang, problem.reason(), &problem.fact(Some("0A1B2C3D4E")));
            assert!(
                !title.contains("api-") && detail.ends_with('.') || detail.ends_with("Tổ chức"),
                "{detail}"
            );
            assert!(!detail.contains("api-") && !detail.contains('{'), "{detail}");
        }
    }
}
