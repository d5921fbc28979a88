//! Opening a data directory and serving it until told to stop.

use crate::limits::{HEADERS, LARGEST_HEAD, MOST_CONNECTIONS};
use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::Router;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    App, Presence,
    accounts::Account,
    alarm,
    auth::{Auth, AuthError, PasswordError, hash_password, long_enough},
    clock::Clock,
    config::Config,
    demo,
    door::Door,
    engine::Pollers,
    enrolling, http,
    shelf::Shelf,
    store::{Import, StoreError},
    tls::{self, Certificate, TlsError},
};

/// A server must be able to take a whole hall coming back at once; the usual 128 are not enough.
const BACKLOG: u32 = 4_096;
/// Connections get so long to end in order.
const GRACE: Duration = Duration::from_secs(3);
/// How long nothing is accepted when no more files can be opened.
const NO_MORE_FILES: Duration = Duration::from_millis(50);

/// The server cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The directory cannot be made or used.
    #[error("the data directory {0} cannot be used: {1}")]
    Directory(String, std::io::Error),
    /// Another server works there.
    #[error("another server is using the data directory {0}; stop it first, or name another")]
    Taken(String),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The log cannot be opened.
    #[error("the log in {0} cannot be opened: {1}")]
    Store(String, StoreError),
    /// Connections cannot be encrypted.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The accounts cannot be opened.
    #[error("the accounts in {0} cannot be opened: {1}")]
    Auth(String, AuthError),
    /// `ELMS_DEMO_PASSWORD` is none.
    #[error("ELMS_DEMO_PASSWORD: {0}")]
    DemoPassword(PasswordError),
    /// The demo data could not be put in place.
    #[error("the demo data could not be loaded: {0}")]
    Demo(Box<dyn std::error::Error + Send + Sync>),
}

impl ServeError {
    fn of_store(dir: String, error: StoreError) -> Self {
        if matches!(error, StoreError::Taken) {
            Self::Taken(dir)
        } else {
            Self::Store(dir, error)
        }
    }
}

/// Opens `config.data`, making it where it is missing, and loads the demo where it is wanted.
///
/// # Errors
///
/// [`ServeError`] with a sentence for the operator.
pub async fn open(
    mut config: Config,
    clock: Clock,
    stop: CancellationToken,
) -> Result<App, ServeError> {
    let dir = config.data.clone();
    let shown = dir.display().to_string();
    prepare(&dir).map_err(|error| ServeError::Directory(shown.clone(), error))?;
    let opened = Door::open(&dir, clock.clone());
    let (door, store) = opened.map_err(|error| ServeError::of_store(shown.clone(), error))?;
    let auth = Auth::open(&dir, &config).map_err(|error| ServeError::Auth(shown.clone(), error))?;
    if config.demo {
        config.demo_password = Some(demo_password(&config)?);
    }
    let tls = Certificate::wanted(&config)?.map(Arc::new);
    let app = App {
        shelf: Shelf::new(&config.data),
        config: Arc::new(config),
        clock,
        store,
        door,
        auth,
        presence: Presence::default(),
        typing: crate::typing::Typing::default(),
        stop,
        tls,
        pollers: Pollers::default(),
    };
    if app.config.demo {
        load_demo(&app).await?;
    }
    Ok(app)
}

/// Makes the directory, and closes it to everybody else.
fn prepare(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    #[cfg(unix)]
    fs::set_permissions(dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Puts the demo institutions and accounts in place. What was played or done there stays.
async fn load_demo(app: &App) -> Result<(), ServeError> {
    let known = app.store.institutions();
    for (institution, records) in demo::institutions().map_err(demo_error)? {
        if !known.contains(&institution) {
            app.door
                .import(Import {
                    institution,
                    records,
                })
                .await
                .map_err(demo_error)?;
        }
    }
    let password = app.config.demo_password.clone().unwrap_or_default();
    let auth = app.auth.clone();
    let put = tokio::task::spawn_blocking(move || put_accounts(&auth, &password)).await;
    put.map_err(demo_error)?
}

fn demo_error(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ServeError {
    ServeError::Demo(error.into())
}

fn put_accounts(auth: &Auth, password: &str) -> Result<(), ServeError> {
    let hash = hash_password(password).map_err(demo_error)?;
    let people = demo::accounts().map_err(demo_error)?;
    let accounts: Vec<Account> = people.into_iter().map(account_of).collect();
    auth.accounts()
        .put_demo(&accounts, &hash)
        .map_err(demo_error)
}

fn account_of(person: demo::DemoAccount) -> Account {
    Account {
        id: person.user,
        email: person.email,
        name: person.name,
        role: person.role,
        institution: person.institution,
        faculty: person.faculty,
        department: person.department,
        active: true,
        demo: true,
        first_password: false,
        staff_number: person.staff_number,
    }
}

/// The password of the demo accounts: `ELMS_DEMO_PASSWORD`, or one that is made once and kept
/// beside the data. There is none that everybody knows.
fn demo_password(config: &Config) -> Result<String, ServeError> {
    if let Some(password) = &config.demo_password {
        long_enough(password).map_err(ServeError::DemoPassword)?;
        return Ok(password.clone());
    }
    let path = config.data.join("keys").join("demo-password");
    let unusable = |error| ServeError::Directory(path.display().to_string(), error);
    match fs::read_to_string(&path) {
        Ok(password) if long_enough(password.trim()).is_ok() => Ok(password.trim().to_owned()),
        Ok(_) => {
            let message = "it holds no password; delete it to have one made";
            Err(unusable(std::io::Error::other(message)))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let random = uuid::Uuid::new_v4().simple().to_string();
            let password: String = random.chars().take(12).collect();
            fs::write(&path, &password).map_err(unusable)?;
            Ok(password)
        }
        Err(error) => Err(unusable(error)),
    }
}

/// Listens on `address`; port 0 picks one. Must be called inside a runtime.
///
/// # Errors
///
/// [`ServeError::Listen`], for example when another program has the port.
pub fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let refused = |error| ServeError::Listen(address, error);
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    };
    let socket = socket.map_err(refused)?;
    #[cfg(unix)]
    socket.set_reuseaddr(true).map_err(refused)?;
    socket.bind(address).map_err(refused)?;
    socket.listen(BACKLOG).map_err(refused)
}

/// Serves until `app.stop` is cancelled, then lets connections end in order.
pub async fn serve(app: App, listener: TcpListener) {
    let router = http::router(app.clone());
    let tasks = TaskTracker::new();
    tasks.spawn(app.auth.clone().look_for_ended(app.stop.clone()));
    tasks.spawn(alarm::ring(
        app.door.clone(),
        app.store.clone(),
        app.clock.clone(),
        app.stop.clone(),
    ));
    tasks.spawn(enrolling::tell(
        app.auth.clone(),
        app.door.clone(),
        app.clock.clone(),
        app.stop.clone(),
    ));
    if let Some(certificate) = app.tls.clone() {
        tasks.spawn(certificate.look_for_renewed(app.stop.clone()));
    }
    while let Some(accepted) = app.stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, peer)) => {
                if MOST_CONNECTIONS <= tasks.len().saturating_add(app.pollers.n_open()) {
                    tracing::warn!(%peer, "there are too many connections: one is not taken");
                    continue;
                }
                tasks.spawn(connection(stream, peer, router.clone(), app.clone()));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(NO_MORE_FILES).await;
            }
        }
    }
    // Nobody is let in any more while those inside end.
    drop(listener);
    tasks.close();
    let all_ended = async { tokio::join!(tasks.wait(), app.pollers.all_ended()) };
    if tokio::time::timeout(GRACE, all_ended).await.is_err() {
        tracing::warn!(n = tasks.len(), "some connections did not end in time");
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, app: App) {
    // A hand-shake that waits for a full packet waits for ever.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no delay could not be set");
    }
    let stop = app.stop;
    let spoken = tls::spoken(app.tls.as_deref(), stream);
    let Some(Some(stream)) = stop.run_until_cancelled(spoken).await else {
        return;
    };
    let service = service_fn(move |request| http::answer(router.clone(), peer, request));
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(served);
    let ended = if let Some(ended) = stop.run_until_cancelled(served.as_mut()).await {
        ended
    } else {
        served.as_mut().graceful_shutdown();
        served.await
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
