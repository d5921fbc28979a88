//! A notification service as the desktop has one, for the desk of a test.
#![expect(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "the shape is that of the specification, the macro uses every argument"
)]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use zbus::{OwnedVariant, Variant, interface};

use super::Shown;

/// Writes down what it is asked to show.
pub(super) struct Service {
    pub(super) shown: Arc<Mutex<Vec<Shown>>>,
}

/// The desktop notifications specification, version 1.2: what of it the console uses.
#[interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[expect(clippy::too_many_arguments, reason = "the specification's own")]
    fn notify(
        &self,
        _app_name: &str,
        replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        _expire_ms: i32,
    ) -> u32 {
        let urgency = hints.get("urgency").map(|value| &**value);
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.push(Shown {
            title: summary.to_owned(),
            body: body.to_owned(),
            actions: actions.into_iter().step_by(2).collect(),
            critical: urgency == Some(&Variant::U8(2)),
        });
        let number = u32::try_from(shown.len()).unwrap_or(u32::MAX);
        if replaces == 0 { number } else { replaces }
    }

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("recorder", "ELMS", "1", "1.2")
    }

    fn close_notification(&self, _id: u32) {}
}
