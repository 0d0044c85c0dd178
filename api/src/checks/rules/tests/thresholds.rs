//! What a file may set.

use rstest::rstest;

use super::Thresholds;

#[test]
fn the_defaults_fit_together() {
    assert_eq!(Thresholds::default().fit(), Ok(()));
}

#[test]
fn a_file_sets_what_it_names_and_leaves_the_rest() {
    let read: Thresholds = serde_json::from_str(r#"{"soft_clients": 8}"#).unwrap();
    assert_eq!(read, Thresholds { soft_clients: 8, ..Thresholds::default() });
}

#[rstest]
#[case::unknown_name(r#"{"soft_client": 8}"#, "unknown field `soft_client`")]
#[case::more_than_are_kept(
    r#"{"clients_in_all": 17}"#,
    "the rules of checks: clients_in_all is 17 and must lie between 6 and 16"
)]
#[case::nowhere_else(r#"{"elsewhere": 0}"#, "elsewhere is 0 and must lie between 1 and 4")]
#[case::everybody_elsewhere(r#"{"elsewhere": 5}"#, "elsewhere is 5 and must lie between 1 and 4")]
#[case::less_than_before(r#"{"elsewhere_after_pin": 1}"#, "elsewhere_after_pin is 1 and must lie between 2 and 5")]
#[case::fewer_in_all(r#"{"soft_clients": 16}"#, "clients_in_all is 15 and must lie between 16 and 16")]
#[case::one_province(r#"{"provinces": 1}"#, "provinces is 1 and must lie between 2 and 16")]
#[case::nothing_in_a_burst(r#"{"burst_clients": 0}"#, "burst_clients is 0 and must lie between 2 and 16")]
#[case::negative_time(r#"{"burst_within_s": -1}"#, "burst_within_s is -1 and must lie between 60 and 2592000")]
#[case::a_day_within_an_hour(
    r#"{"soft_within_s": 3599}"#,
    "soft_within_s is 3599 and must lie between 3600 and 2592000"
)]
#[case::longer_than_kept(r#"{"provinces_within_s": 2592001}"#, "must lie between 3600 and 2592000")]
#[case::for_ever(r#"{"sign_holds_s": 31536001}"#, "sign_holds_s is 31536001 and must lie between 3600 and 31536000")]
#[case::never_renewed(r#"{"renewed_after_s": 604801}"#, "must lie between 0 and 604800")]
#[case::a_shelf_of_none(r#"{"checks_unplaced": 14}"#, "checks_unplaced is 14 and must lie between 15")]
fn what_does_not_fit_is_refused_and_the_message_says_what_would(#[case] file: &str, #[case] said: &str) {
    let error = serde_json::from_str::<Thresholds>(file).unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
}
