//! What a screen reader is told of the console's frame: the menu bar that the window system draws,
//! which the driver of the page cannot reach.

use std::{path::Path, process::Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::process::{Child, Command};
use zbus::{Connection, OwnedObjectPath, connection, proxy::CacheProperties};

use super::START;
use crate::until;

/// Where a distribution may keep the registry of what can be read out.
const REGISTRIES: [&str; 3] = [
    "/usr/libexec/at-spi2-registryd",
    "/usr/lib/at-spi2-core/at-spi2-registryd",
    "/usr/lib/at-spi2-registryd",
];
/// The registry's name on the bus.
const REGISTRY: &str = "org.a11y.atspi.Registry";
/// The registry's own place: its children are the programs.
const ROOT: &str = "/org/a11y/atspi/accessible/root";
/// Reads the frame out, and chooses in it, as a screen reader does (AT-SPI 2).
#[derive(Debug)]
pub struct Reader {
    bus: Connection,
    _registry: Child,
}

/// Something that can be read out: whose it is, and where.
type Item = (String, OwnedObjectPath);

/// What everything that can be read out answers.
#[zbus::proxy(interface = "org.a11y.atspi.Accessible", assume_defaults = false)]
trait Accessible {
    fn get_children(&self) -> zbus::Result<Vec<Item>>;
    fn get_role_name(&self) -> zbus::Result<String>;
    #[zbus(property)]
    fn name(&self) -> zbus::Result<String>;
}

/// What can be done with it.
#[zbus::proxy(interface = "org.a11y.atspi.Action", assume_defaults = false)]
trait Action {
    fn do_action(&self, index: i32) -> zbus::Result<bool>;
}

impl Reader {
    /// Starts the registry on the bus that listens at `address`.
    pub(super) async fn start(address: &str) -> Result<Self> {
        let program = REGISTRIES
            .into_iter()
            .find(|path| Path::new(path).is_file());
        let program = program.context("no at-spi2-registryd; `cargo xtask setup` installs it")?;
        let registry = Command::new(program)
            .env("AT_SPI_BUS_ADDRESS", address)
            .env("DBUS_SESSION_BUS_ADDRESS", address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let bus = connection::Builder::address(address).build().await?;
        let reader = Self {
            bus,
            _registry: registry,
        };
        until("the registry answers", START, async || {
            reader.programs().await.is_ok()
        })
        .await?;
        Ok(reader)
    }

    /// What the menu bar offers: each menu with its items, as they are read out.
    ///
    /// # Errors
    ///
    /// When there is no menu bar, or the console does not answer.
    pub async fn menus(&self) -> Result<Vec<(String, Vec<String>)>> {
        let mut menus = Vec::new();
        for menu in self.at(&self.bar().await?).await?.get_children().await? {
            let menu = self.at(&menu).await?;
            let mut items = Vec::new();
            for item in menu.get_children().await? {
                items.push(self.at(&item).await?.name().await?);
            }
            menus.push((menu.name().await?, items));
        }
        Ok(menus)
    }

    /// Chooses an item of a menu.
    ///
    /// # Errors
    ///
    /// When there is none of that name, or it cannot be chosen.
    pub async fn choose(&self, menu: &str, item: &str) -> Result<()> {
        let menu = self.named(&self.bar().await?, menu).await?;
        let (program, place) = self.named(&menu, item).await?;
        let item = ActionProxy::builder(&self.bus)
            .destination(program)
            .path(place)
            .build()
            .await?;
        ensure!(item.do_action(0).await?, "it cannot be chosen");
        Ok(())
    }

    /// The menu bar of the one program that is read out.
    async fn bar(&self) -> Result<Item> {
        let mut rest = self.programs().await?;
        while let Some(item) = rest.pop() {
            let inner = self.at(&item).await?;
            if inner.get_role_name().await? == "menu bar" {
                return Ok(item);
            }
            rest.extend(inner.get_children().await?);
        }
        bail!("no menu bar")
    }

    async fn programs(&self) -> Result<Vec<Item>> {
        let root = (REGISTRY.to_owned(), ROOT.try_into()?);
        Ok(self.at(&root).await?.get_children().await?)
    }

    async fn named(&self, parent: &Item, name: &str) -> Result<Item> {
        for item in self.at(parent).await?.get_children().await? {
            if self.at(&item).await?.name().await? == name {
                return Ok(item);
            }
        }
        bail!("nothing is read out as {name}")
    }

    async fn at(&self, (program, place): &Item) -> Result<AccessibleProxy<'static>> {
        let item = AccessibleProxy::builder(&self.bus)
            .destination(program.clone())
            .path(place.clone())
            .cache_properties(CacheProperties::No);
        Ok(item.build().await?)
    }
}
