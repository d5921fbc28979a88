//! What the log says, as far as the person may see it.

use elms_protocol::{Event, Seq};

use super::{Looking, Reply};
use crate::App;

/// Events that are read at a time.
const PAGE: usize = 500;

/// What `pick` takes from the visible events, in the order of the log.
///
/// # Errors
///
/// A reply when the log cannot be read now.
pub(crate) async fn logged<T: Send + 'static>(
    app: &App,
    looking: &Looking,
    pick: impl Fn(&Event) -> Option<T> + Send + 'static,
) -> Result<Vec<T>, Reply> {
    let (store, sight) = (app.store.clone(), looking.sight.clone());
    let institution = looking.actor.institution;
    let read = tokio::task::spawn_blocking(move || {
        let (mut found, mut after) = (Vec::new(), Seq::ZERO);
        loop {
            let page = store.events(institution, after, PAGE)?;
            let Some(last) = page.last() else {
                return Ok::<_, Reply>(found);
            };
            after = last.event.seq;
            let events = page.iter().map(|logged| &logged.event);
            found.extend(events.filter(|event| sight.sees(event)).filter_map(&pick));
        }
    });
    read.await.map_err(|_stopping| Reply::unavailable())?
}
