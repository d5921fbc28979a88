//! Who asks, and what they may see.

use crate::limits::LONGEST_STATION;
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use elms_protocol::{Actor, InstitutionId, Kind, Record, Sight, View as _};

use super::{Reply, watched::Asker};
use crate::{
    App,
    auth::{AuthError, Claims},
    store::{Records, StoreError},
};

/// Somebody with a valid access token. Their institution may be none at all.
#[derive(Debug)]
pub(crate) struct Signed(pub(crate) Claims);

impl FromRequestParts<App> for Signed {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Reply> {
        let Some(given) = parts.headers.get(header::AUTHORIZATION) else {
            return Err(Reply::no_token());
        };
        let token = given
            .to_str()
            .ok()
            .and_then(bearer)
            .ok_or(AuthError::Invalid)?;
        let claims = app.auth.claims(token)?;
        if let Some(asker) = parts.extensions.get::<Asker>() {
            asker.is(claims.id, claims.institution_id);
        }
        app.auth.one_more_request(claims.id)?;
        Ok(Self(claims))
    }
}

fn bearer(text: &str) -> Option<&str> {
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What a signed-in person may see of their institution, at one instant.
pub(crate) struct Looking {
    pub(crate) actor: Actor,
    pub(crate) records: Records,
    pub(crate) sight: Sight,
}

impl FromRequestParts<App> for Looking {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Reply> {
        let Signed(claims) = Signed::from_request_parts(parts, app).await?;
        // Who runs the machine sees no candidate of any institution.
        let mut actor = claims.identity().ok_or_else(Reply::no_institution)?.actor;
        let station = parts
            .headers
            .get("x-station")
            .and_then(|code| code.to_str().ok());
        actor.station = station
            .filter(|code| code.len() <= LONGEST_STATION)
            .map(ToOwned::to_owned);
        Ok(Self::of(app, actor)?)
    }
}

/// The records of an institution; none are there before the first of them came.
pub(crate) fn records(app: &App, institution: InstitutionId) -> Result<Records, StoreError> {
    match app.store.view(institution) {
        Err(StoreError::NoInstitution(_)) => Ok(Records::default()),
        found => found,
    }
}

impl Looking {
    /// What `actor` may see now.
    pub(crate) fn of(app: &App, actor: Actor) -> Result<Self, StoreError> {
        let records = records(app, actor.institution)?;
        let sight = Sight::of(&actor, &records);
        Ok(Self {
            actor,
            records,
            sight,
        })
    }

    /// The same person a moment later.
    pub(crate) fn again(self, app: &App) -> Result<Self, StoreError> {
        Self::of(app, self.actor)
    }

    /// The visible records of a kind, as `pick` wants them, in the order of their ids.
    pub(crate) fn all<T>(&self, kind: Kind, pick: impl Fn(Record) -> Option<T>) -> Vec<T> {
        let records = self.records.list(kind).into_iter();
        records
            .filter(|record| self.sight.sees_record(record))
            .filter_map(pick)
            .collect()
    }

    /// The record, if this person may see it.
    pub(crate) fn seen(&self, record: Record) -> Option<Record> {
        self.sight.sees_record(&record).then_some(record)
    }
}
