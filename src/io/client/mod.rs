//! The HTTP client: carries out calls over the network, with every promise about tokens, time and memory.
//!
//! What a program built on it can rely on: nothing is sent but by [`Client::call`]. A read is tried up to three times; a write is sent once,
//! and once more only if it was refused for coming too fast; one whose answer was lost is [`ApiError::Unknown`], to be resolved by reading.
//! Every call ends within its [`Timeouts`], and every answer is bounded in size. The token goes to the hosts that need it, over https or to
//! this computer, and is in no error. Dropping the future gives a call up. Clones share connections and token.
//!
//! It must not know what a call means beyond whether it reads or writes. All errors leave through [`Client::call`], where the token
//! is masked once more.

mod auth;
mod body;
mod fault;
mod mask;
mod pace;
mod server;
mod timeouts;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use tokio::sync::OnceCell;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use self::auth::Auth;
pub use self::auth::AuthForm;
use self::body::{BodyError, Listener};
use self::fault::AttemptError;
use self::mask::{masked, masked_body};
use self::pace::Pace;
pub use self::server::Server;
pub use self::timeouts::Timeouts;
use crate::api::shape;
use crate::api::{ApiError, Call, HttpMethod, Notice, Reply, RequestBody, RequestSpec, Service, WaitReason};
use crate::domain::{SafeText, Token};
use crate::io::environment::Environment;
use crate::io::log;

const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-access-token");

/// The words of an error are worth this much and no more.
const ERROR_CAP: usize = 64 * 1024;

/// Idle connections are dropped before servers usually drop them: a write sent into a connection that is just being closed
/// would have an unknown outcome for nothing.
const KEEP_IDLE: Duration = Duration::from_secs(15);

/// A client for one server and one token; clones share both, and the connections.
#[derive(Clone)]
pub struct Client {
    shared: Arc<ClientShared>,
    auth: Arc<Auth>,
    listener: Option<Listener>,
}

struct ClientShared {
    server: Server,
    patience: Timeouts,
    pace: Pace,
    /// The variable that names a proxy, if requests go by one.
    proxy: Option<&'static str>,
    /// Built at the first call: reading the system's certificates takes longer than the first frame may.
    http: OnceCell<reqwest::Client>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("server", &self.shared.server).field("auth", &self.auth).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that sends nothing yet.
    pub fn new(server: Server, token: Option<Token>) -> Self {
        Self::with_patience(server, token, Timeouts::default())
    }

    /// A client with other limits in time.
    pub fn with_patience(server: Server, token: Option<Token>, patience: Timeouts) -> Self {
        let proxy = if server.is_here() { None } else { Environment::PROCESS.proxy().ok().flatten() };
        let shared = ClientShared { server, proxy, pace: Pace::new(patience.most_per_second), patience, http: OnceCell::new() };
        Self { shared: Arc::new(shared), auth: Arc::new(Auth::new(token)), listener: None }
    }

    /// A client for another token on the same connections; what is under way with this one goes on with its own.
    #[must_use]
    pub fn with_token(&self, token: Option<Token>) -> Self {
        Self { auth: Arc::new(Auth::new(token)), ..self.clone() }
    }

    /// The same client, telling `listener` about waiting and uploads. It is called from within the call and must return at once.
    #[must_use]
    pub fn listening(&self, listener: impl Fn(Notice) + Send + Sync + 'static) -> Self {
        Self { listener: Some(Arc::new(listener)), ..self.clone() }
    }

    /// Uses another token of the same account, or none, from the next call on; for all clones.
    pub fn set_token(&self, token: Option<Token>) {
        self.auth.set_token(token);
    }

    /// The token in use.
    pub fn token(&self) -> Option<Token> {
        self.auth.token()
    }

    /// How the token travels, as far as is known.
    pub fn token_form(&self) -> AuthForm {
        self.auth.form()
    }

    /// Carries out one call. Reads are tried up to three times; a write is sent once, and once more only when it was refused for
    /// coming too fast. Dropping the future gives the call up.
    ///
    /// # Errors
    /// Every [`ApiError`]; none holds the token or an address.
    pub async fn call(&self, call: &Call) -> Result<Reply, ApiError> {
        let token = self.auth.token();
        let outcome = self.persist(call, token.as_ref()).await;
        let outcome = outcome.map_err(|error| self.by_proxy(error));
        outcome.map_err(|error| error.filtered(|text| token.as_ref().map_or_else(|| text.to_owned(), |token| masked(text, token))))
    }

    /// Names the proxy where one stands in between: the cause may well be there.
    fn by_proxy(&self, error: ApiError) -> ApiError {
        match (error, self.shared.proxy) {
            (ApiError::Offline { reason }, Some(name)) => {
                ApiError::Offline { reason: SafeText::line(format!("{reason} (by the proxy that {name} names)")) }
            }
            (error, _) => error,
        }
    }

    /// Tries until it works, cannot work, or the time is over.
    async fn persist(&self, call: &Call, token: Option<&Token>) -> Result<Reply, ApiError> {
        let patience = &self.shared.patience;
        let mut deadline = Instant::now() + patience.total(call);
        let mut tries = 0;
        loop {
            tries += 1;
            let fault = match self.attempt(call, token, deadline).await {
                Ok(reply) => return Ok(reply),
                Err(fault) => fault,
            };
            let again = patience.again(call, tries, &fault);
            let Some((pause, why)) = again.filter(|(pause, _)| is_asked(&fault) || Instant::now() + *pause < deadline) else {
                return Err(self.confirmed(call, token, fault.error).await);
            };
            self.tell(Notice::Waiting { seconds: pause.as_millis().div_ceil(1000) as u64, why });
            sleep(pause).await;
            if is_asked(&fault) {
                deadline = Instant::now() + patience.total(call);
            }
        }
    }

    /// A 401 for one resource does not prove the token dead; only the account itself does.
    async fn confirmed(&self, call: &Call, token: Option<&Token>, error: ApiError) -> ApiError {
        let doubtful = matches!(error, ApiError::Forbidden { status: 401, .. }) && call.spec().host.takes_token();
        if doubtful
            && matches!(
                self.attempt(&Call::Me, token, Instant::now() + self.shared.patience.call).await,
                Err(AttemptError { error: ApiError::SignedOut, .. })
            )
        {
            return ApiError::SignedOut;
        }
        error
    }

    /// One try, with the token where it belongs, in the form the server wants.
    async fn attempt(&self, call: &Call, token: Option<&Token>, deadline: Instant) -> Result<Reply, AttemptError> {
        let spec = call.spec();
        let url = self.shared.server.url(call, &spec)?;
        if !self.shared.server.may_see_token(spec.host, &url) {
            let answer = self.exchange(call, &spec, url.clone(), None, deadline).await?;
            return answer.judge(call, &url);
        }
        let token = token.ok_or(ApiError::SignedOut)?;
        let auth = &self.auth;
        let form = auth.form();
        let mut answer = self.exchange(call, &spec, url.clone(), Some((token, form)), deadline).await?;
        if answer.is_success() {
            auth.accepted(token, form);
        } else if answer.status == 401 && form == AuthForm::Header && auth.may_try_query() {
            let second = self.exchange(call, &spec, url.clone(), Some((token, AuthForm::Query)), deadline).await?;
            if second.is_success() {
                auth.accepted(token, AuthForm::Query);
            }
            if second.status == 401 {
                auth.refused_in_both(token);
            } else {
                answer = second;
            }
        }
        answer.body = masked_body(answer.body, token);
        answer.judge(call, &url)
    }

    /// Sends one request and reads its answer, within the limits of time and memory.
    async fn exchange(
        &self,
        call: &Call,
        spec: &RequestSpec,
        mut url: Url,
        credentials: Option<(&Token, AuthForm)>,
        deadline: Instant,
    ) -> Result<RawResponse, AttemptError> {
        let patience = &self.shared.patience;
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some((token, AuthForm::Query)) = credentials {
            url.query_pairs_mut().append_pair("token", token.reveal());
        }
        let method = match spec.method {
            HttpMethod::Get => reqwest::Method::GET,
            HttpMethod::Post => reqwest::Method::POST,
            HttpMethod::Put => reqwest::Method::PUT,
        };
        if credentials.is_some() {
            self.shared.pace.turn().await;
        }
        let mut request = self.http().await?.request(method, url);
        if let Some((token, AuthForm::Header)) = credentials {
            let mut value = HeaderValue::from_str(token.reveal()).map_err(|_| ApiError::SignedOut)?;
            value.set_sensitive(true);
            request = request.header(TOKEN_HEADER, value);
        }
        let mut moving = None;
        request = match &spec.body {
            RequestBody::Empty => request,
            RequestBody::Json(value) => request.header(CONTENT_TYPE, "application/json").body(value.to_string()),
            RequestBody::Picture(picture) => {
                let (stream, moved) = body::upload(picture, self.listener.clone());
                moving = Some(moved);
                request.header(CONTENT_TYPE, "image/jpeg").header(CONTENT_LENGTH, picture.len()).body(stream)
            }
        };
        let work = async {
            let response = request.send().await.map_err(|error| fault::transport(call, &host, error))?;
            RawResponse::read(call, &host, response, patience.error_body).await
        };
        let finished = match moving {
            Some(moved) => body::while_moving(work, moved, patience.upload_idle, patience.call).await.ok(),
            None => timeout_at(deadline, self.announced(call, work, deadline)).await.ok(),
        };
        finished.unwrap_or_else(|| Err(fault::no_answer(call)))
    }

    /// Waits for an answer; where it takes long, says so once, and that it came.
    async fn announced<T>(&self, call: &Call, work: impl Future<Output = T>, deadline: Instant) -> T {
        tokio::pin!(work);
        // Nobody waits for a picture.
        if matches!(call, Call::Picture(_)) {
            return work.await;
        }
        if let Ok(done) = timeout(self.shared.patience.first_word, &mut work).await {
            return done;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        self.tell(Notice::Waiting { seconds: left.as_millis().div_ceil(1000) as u64, why: WaitReason::NoAnswer });
        let done = work.await;
        self.tell(Notice::Waiting { seconds: 0, why: WaitReason::NoAnswer });
        done
    }

    async fn http(&self) -> Result<&reqwest::Client, ApiError> {
        let shared = &self.shared;
        let build = || async {
            let (server, patience) = (shared.server.clone(), shared.patience);
            let built = tokio::task::spawn_blocking(move || build(&server, &patience)).await;
            built.unwrap_or_else(|_| Err(ApiError::garbled("the network could not be set up")))
        };
        shared.http.get_or_try_init(build).await
    }

    fn tell(&self, notice: Notice) {
        if let Some(listener) = &self.listener {
            listener(notice);
        }
    }
}

impl Service for Client {
    fn call(&self, call: &Call) -> impl Future<Output = Result<Reply, ApiError>> + Send {
        Self::call(self, call)
    }
}

/// A pause the service asked for does not count against the time of the call.
fn is_asked(fault: &AttemptError) -> bool {
    matches!(fault.error, ApiError::Busy { .. })
}

/// The HTTP library with everything off that could carry the token elsewhere. What stays on this computer never goes by a
/// proxy, which would look for it on its own and see the token; plain http needs no certificates either.
fn build(server: &Server, patience: &Timeouts) -> Result<reqwest::Client, ApiError> {
    // Already installed is just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .user_agent(concat!("lapel/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(patience.connect)
        .pool_idle_timeout(KEEP_IDLE);
    let builder = if server.is_here() { builder.no_proxy() } else { builder };
    let builder = if server.is_encrypted() { builder.https_only(true) } else { builder.tls_certs_only(std::iter::empty()) };
    builder.build().map_err(|_| ApiError::Tls {
        host: SafeText::line(server.label()),
        reason: SafeText::line("this computer has no list of certificate authorities; install the package ca-certificates"),
    })
}

/// An answer, read to its end.
struct RawResponse {
    status: u16,
    content_type: Option<String>,
    location: Option<String>,
    retry_after: Option<String>,
    date: Option<String>,
    body: Vec<u8>,
}

impl RawResponse {
    /// A success must be read whole; of anything else the status says enough, and its words are a courtesy.
    async fn read(call: &Call, host: &str, response: reqwest::Response, error_time: Duration) -> Result<Self, AttemptError> {
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let mut answer = Self {
            status: response.status().as_u16(),
            content_type: header(CONTENT_TYPE),
            location: header(LOCATION),
            retry_after: header(RETRY_AFTER),
            date: header(DATE),
            body: Vec::new(),
        };
        answer.body = if answer.is_success() {
            body::read(response, call.cap()).await.map_err(|cut| match cut {
                BodyError::TooLarge => fault::unreadable(call, &format!("it is larger than {} MiB", call.cap() >> 20)),
                BodyError::Broken(error) => fault::transport(call, host, error),
            })?
        } else {
            timeout(error_time, body::read(response, ERROR_CAP)).await.ok().and_then(Result::ok).unwrap_or_default()
        };
        Ok(answer)
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What the answer to a request to `url` means.
    fn judge(self, call: &Call, url: &Url) -> Result<Reply, AttemptError> {
        self.log(call);
        let reply = Reply::decode(call, self.status, self.content_type.as_deref(), &self.body);
        reply.map_err(|error| match error {
            ApiError::Busy { .. } => {
                let asked = self.retry_after.as_deref().and_then(|header| timeouts::retry_after(header, self.date.as_deref()));
                ApiError::Busy { retry_after: asked }.into()
            }
            ApiError::Redirected { to } => {
                let target = self.location.and_then(|location| url.join(&location).ok());
                let host = target.as_ref().and_then(Url::host_str).map(SafeText::line);
                ApiError::Redirected { to: host.unwrap_or(to) }.into()
            }
            other => other.into(),
        })
    }

    /// What the first run on the real service can teach: what was asked, the status, and what the answer looks like; no value.
    fn log(&self, call: &Call) {
        if tracing::enabled!(target: log::WIRE, tracing::Level::DEBUG) && !matches!(call, Call::Picture(_)) {
            let spec = call.spec();
            let kind = self.content_type.as_deref().and_then(|kind| kind.split(';').next()).unwrap_or("no type");
            let (method, path) = (spec.method.name(), shape::path(&spec.path));
            tracing::debug!(target: log::WIRE, "{method} {path} {} {kind} {}", self.status, shape::shape(&self.body));
        }
    }
}
