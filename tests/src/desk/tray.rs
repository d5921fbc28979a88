//! The tray of a desktop, for the desk of a test: what an icon in it looks like, and what its menu
//! says (`StatusNotifierItem` and the menu protocol beneath it, as the desktops speak them).
#![expect(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    reason = "the shape is that of the specification"
)]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, Result, ensure};
use zbus::{
    Connection, OwnedObjectPath, OwnedVariant, Variant, connection, interface, message::Header,
    proxy::CacheProperties,
};

use super::START;
use crate::until;

/// The place at which programs ask for a tray.
const WATCHER: &str = "/StatusNotifierWatcher";
/// The name of a tray on the bus.
const TRAY: &str = "org.kde.StatusNotifierWatcher";

/// Whose icon it is, and where.
type Item = (String, String);
/// A line of a menu: its number, what is said of it, and the lines beneath it.
type Line = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

/// A tray that holds the icons of the programs of one desk.
#[derive(Debug)]
pub struct Tray {
    bus: Connection,
    items: Arc<Mutex<Vec<Item>>>,
}

/// Answers programs that look for a tray.
struct Watcher {
    items: Arc<Mutex<Vec<Item>>>,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, place: String, #[zbus(header)] asked: Header<'_>) {
        let whose = asked.sender().map(ToString::to_string).unwrap_or_default();
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.push((whose, place));
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

#[zbus::proxy(interface = "org.kde.StatusNotifierItem", assume_defaults = false)]
trait StatusNotifierItem {
    #[zbus(property)]
    fn icon_name(&self) -> zbus::Result<String>;
    #[zbus(property)]
    fn menu(&self) -> zbus::Result<OwnedObjectPath>;
}

#[zbus::proxy(interface = "com.canonical.dbusmenu", assume_defaults = false)]
trait DBusMenu {
    fn get_layout(&self, parent: i32, depth: i32, names: &[&str]) -> zbus::Result<(u32, Line)>;
    fn event(&self, id: i32, what: &str, data: Variant<'_>, at: u32) -> zbus::Result<()>;
}

impl Tray {
    /// Puts a tray on the bus that listens at `address`.
    pub(super) async fn put(address: &str) -> Result<Self> {
        let items = Arc::default();
        let watcher = Watcher {
            items: Arc::clone(&items),
        };
        let bus = connection::Builder::address(address)
            .serve_at(WATCHER, watcher)
            .name(TRAY)
            .build()
            .await?;
        Ok(Self { bus, items })
    }

    /// The picture of the icon: the bytes of the file that is shown.
    ///
    /// # Errors
    ///
    /// When there is no icon, or its program does not answer.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        let name = self.icon().await?.icon_name().await?;
        std::fs::read(&name).with_context(|| name)
    }

    /// What the menu of the icon says, line by line; lines that only divide say nothing.
    ///
    /// # Errors
    ///
    /// As [`Self::picture`].
    pub async fn says(&self) -> Result<Vec<String>> {
        let lines = self.lines().await?;
        Ok(lines.into_iter().map(|(_, words)| words).collect())
    }

    /// Chooses a line of the menu.
    ///
    /// # Errors
    ///
    /// When there is none that says `words`.
    pub async fn choose(&self, words: &str) -> Result<()> {
        let lines = self.lines().await?;
        let line = lines.into_iter().find(|(_, said)| said == words);
        let (id, _) = line.with_context(|| format!("no line says {words}"))?;
        let menu = self.menu().await?;
        Ok(menu.event(id, "clicked", Variant::I32(0), 0).await?)
    }

    async fn lines(&self) -> Result<Vec<(i32, String)>> {
        let menu = self.menu().await?;
        let (_, (_, _, lines)) = menu.get_layout(0, 1, &["label"]).await?;
        let mut said = Vec::new();
        for line in lines {
            let (id, about, _) = Line::try_from(line)?;
            if let Some(Variant::Str(words)) = about.get("label").map(|label| &**label) {
                said.push((id, words.to_string()));
            }
        }
        Ok(said)
    }

    async fn menu(&self) -> Result<DBusMenuProxy<'static>> {
        let (program, _) = self.item().await?;
        let place = self.icon().await?.menu().await?;
        let menu = DBusMenuProxy::builder(&self.bus)
            .destination(program)
            .path(place);
        Ok(menu.build().await?)
    }

    async fn icon(&self) -> Result<StatusNotifierItemProxy<'static>> {
        let (program, place) = self.item().await?;
        let icon = StatusNotifierItemProxy::builder(&self.bus)
            .destination(program)
            .path(place)
            .cache_properties(CacheProperties::No);
        Ok(icon.build().await?)
    }

    /// The one icon that was put here.
    async fn item(&self) -> Result<Item> {
        let items = || {
            self.items
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
        };
        until("an icon in the tray", START, async || !items().is_empty()).await?;
        let items = items();
        ensure!(items.len() == 1, "icons: {items:?}");
        items.into_iter().next().context("no icon")
    }
}
