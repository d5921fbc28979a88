use super::*;

#[test]
fn the_guides_own_spelling_of_a_missing_script_is_understood() {
    assert_eq!(
        IncidentType::from_spelling("Missing Script"),
        IncidentType::MissingScript
    );
    assert_eq!(Severity::from_text("high"), Some(Severity::High));
}

#[test]
fn an_archived_batch_goes_nowhere() {
    assert!(BatchStatus::Archived.next().is_empty());
    assert!(!BatchStatus::InCollection.may_become(BatchStatus::InTransit));
}
