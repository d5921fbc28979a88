//! Commands about cases by chance.

use proptest::{option, prelude::*, sample::select};
use uuid::Uuid;

use super::{case_name, case_ref, note, report, severity, sitting_id, text, user};
use crate::*;

pub(super) fn incident_commands() -> impl Strategy<Value = Command> {
    let kinds = select(IncidentType::ALL.to_vec());
    let reports = (
        0_u128..4,
        severity(),
        kinds,
        any::<bool>(),
        option::of(sitting_id()),
    );
    let reports = reports.prop_map(|(n, severity, incident_type, confidential, sitting_id)| {
        let plain = report(n, severity);
        ReportIncident {
            incident_type,
            sitting_id,
            confidential,
            ..plain
        }
        .into()
    });
    let resolved = (case_ref(), text(), option::of(case_ref()));
    prop_oneof![
        reports,
        (case_ref(), note())
            .prop_map(|(incident, note)| AcknowledgeIncident { incident, note }.into()),
        (case_ref(), user(), note()).prop_map(|(incident, assignee, note)| AssignIncident {
            incident,
            assignee,
            note
        }
        .into()),
        (case_name(), text(), option::of(user())).prop_map(|(incident, text, witness)| {
            NoteIncident {
                incident,
                text,
                evidence: vec!["bag.jpg".to_owned()],
                witness,
            }
            .into()
        }),
        (case_ref(), severity(), note()).prop_map(|(incident, severity, note)| SetSeverity {
            incident,
            severity,
            note
        }
        .into()),
        (case_ref(), note())
            .prop_map(|(incident, note)| UnacknowledgeIncident { incident, note }.into()),
        (case_ref(), note(), option::of(0_i64..4)).prop_map(|(incident, note, expected_level)| {
            EscalateIncident {
                incident,
                note,
                expected_level,
            }
            .into()
        }),
        resolved.prop_map(|(incident, resolution, merged_into)| {
            let outcome = IncidentOutcome::Found;
            ResolveIncident {
                incident,
                outcome,
                resolution,
                merged_into,
            }
            .into()
        }),
        (case_ref(), note()).prop_map(|(incident, note)| CloseIncident { incident, note }.into()),
        (case_ref(), text())
            .prop_map(|(incident, reason)| ReopenIncident { incident, reason }.into()),
    ]
}

/// What is added to a case, corrected in it or linked to it.
pub(super) fn case_commands() -> impl Strategy<Value = Command> {
    let amended = (case_ref(), note(), note(), any::<bool>());
    let amended = amended.prop_map(|(incident, title, subtype, parts)| {
        let subject = Involved {
            student_id: StudentId(101),
            part: Part::Affected,
        };
        AmendIncident {
            incident,
            title,
            description: None,
            action_taken: Some("Bag kept".to_owned()),
            seat: None,
            incident_type: None,
            subtype,
            parts: parts.then(|| vec![subject]),
            note: None,
        }
        .into()
    });
    let signed = (case_name(), text(), any::<bool>(), option::of(user()));
    let signed = signed.prop_map(|(incident, statement, pin, witness)| {
        let method = if pin {
            SignMethod::Pin
        } else {
            SignMethod::Ink
        };
        let name = None;
        SignStatement {
            incident,
            statement,
            method,
            witness,
            name,
        }
        .into()
    });
    prop_oneof![
        amended,
        signed,
        (case_ref(), any::<bool>()).prop_map(|(incident, confidential)| {
            SetConfidential {
                incident,
                confidential,
                note: None,
            }
            .into()
        }),
        (case_ref(), note()).prop_map(|(incident, file_number)| {
            ReferIncident {
                incident,
                file_number,
                note: None,
            }
            .into()
        }),
        (case_ref(), case_ref()).prop_map(|(incident, merged_into)| {
            MergeIncident {
                incident,
                merged_into,
                note: None,
            }
            .into()
        }),
        (case_ref(), text())
            .prop_map(|(incident, reason)| UnmergeIncident { incident, reason }.into()),
        (case_ref(), text())
            .prop_map(|(incident, reason)| VoidIncident { incident, reason }.into()),
        // Seldom by the right person at the right time: asked more often.
        files(),
        files(),
        files(),
    ]
}

/// Files are attached, arrive and are opened.
fn files() -> impl Strategy<Value = Command> {
    let which =
        || (case_ref(), Just(1_u128)).prop_map(|(case, n)| (case, EvidenceId(Uuid::from_u128(n))));
    prop_oneof![
        2 => (which(), 0_i64..3, note()).prop_map(|((incident, evidence), size, note)| {
            AttachEvidence {
                incident,
                evidence,
                sha256: "5f".repeat(32),
                size,
                kind: FileKind::Jpeg,
                name: "bag.jpg".to_owned(),
                note,
            }
            .into()
        }),
        6 => which().prop_map(|(incident, evidence)| ReceiveEvidence { incident, evidence }.into()),
        4 => which().prop_map(|(incident, evidence)| OpenEvidence { incident, evidence }.into()),
    ]
}
