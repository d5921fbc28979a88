//! The two-level catalogue of incidents: the finer kinds that are usual in exam halls. An
//! institution may use others.

use crate::{IncidentType, Policy};

/// The finer kinds of `kind` at an institution with this policy.
pub fn subtypes(policy: &Policy, kind: IncidentType) -> Vec<String> {
    if let Some(own) = policy.subtypes.get(&kind) {
        return own.clone();
    }
    usual(kind).iter().map(|text| (*text).to_owned()).collect()
}

/// Whether `text` is one of them.
pub fn is_subtype(policy: &Policy, kind: IncidentType, text: &str) -> bool {
    subtypes(policy, kind).iter().any(|known| known == text)
}

/// What is usual where an institution has not said otherwise.
fn usual(kind: IncidentType) -> &'static [&'static str] {
    match kind {
        IncidentType::AcademicMisconduct => &[
            "phone",
            "notes",
            "copying",
            "talking",
            "impersonation",
            "writing-after-stop",
            "leaving-with-script",
        ],
        IncidentType::TechnicalIssue => {
            &["workstation", "network", "power", "printing", "software"]
        }
        IncidentType::MedicalEmergency => {
            &["illness", "injury", "panic", "pregnancy", "medication"]
        }
        IncidentType::MissingScript => &["not-handed-in", "miscounted", "wrong-bundle", "lost"],
        IncidentType::DamagedScript => &["torn", "wet", "ink", "pages-missing"],
        IncidentType::LateArrival => &["transport", "wrong-hall", "overslept", "illness"],
        IncidentType::IdentityVerification => &["no-card", "photo-mismatch", "not-registered"],
        IncidentType::VenueIssue => &["power", "heat", "water", "furniture", "lighting", "noise"],
        IncidentType::StudentAbsence => &["announced", "unannounced"],
        IncidentType::InvigilatorAbsence => &["announced", "unannounced", "late"],
        IncidentType::SecurityBreach => &["packet-opened", "leak", "intruder"],
        IncidentType::MaterialMissing => &["papers", "booklets", "supplements", "equipment"],
        IncidentType::PaperError => &["misprint", "missing-page", "wrong-paper", "wrong-value"],
        IncidentType::Evacuation => &["fire-alarm", "threat", "weather", "drill"],
        IncidentType::Disturbance => &["noise", "protest", "candidate"],
        IncidentType::CustodyDiscrepancy => &["count", "seal", "label"],
        IncidentType::StaffConduct => &["absence", "assistance", "negligence"],
        IncidentType::AccessArrangement => &["extra-time", "separate-room", "reader", "equipment"],
        IncidentType::Other => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_institution_may_use_finer_kinds_of_its_own() {
        let mut policy = Policy::default();
        let kind = IncidentType::AcademicMisconduct;
        assert!(is_subtype(&policy, kind, "phone") && !is_subtype(&policy, kind, "smart glasses"));
        policy
            .subtypes
            .insert(kind, vec!["smart glasses".to_owned()]);
        assert!(!is_subtype(&policy, kind, "phone") && is_subtype(&policy, kind, "smart glasses"));
    }

    #[test]
    fn every_kind_but_other_has_finer_ones_and_none_twice() {
        for kind in IncidentType::ALL {
            let mut finer = subtypes(&Policy::default(), *kind);
            assert_eq!(finer.is_empty(), *kind == IncidentType::Other, "{kind:?}");
            let n = finer.len();
            finer.sort();
            finer.dedup();
            assert_eq!(finer.len(), n, "{kind:?}");
        }
    }
}
