//! What the tests of the sandbox share: a running one and a plain client.

use lapel::sandbox::{Options, Sandbox};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;

use crate::day;

/// A sandbox and a plain client with its token.
pub(crate) struct Server {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: Client,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        // Whoever is first installs it; the rest find it installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().tls_certs_only(std::iter::empty()).redirect(reqwest::redirect::Policy::none()).no_proxy();
        Self { sandbox: day::sandbox(options).await, http: http.build().unwrap() }
    }

    /// A request without the token.
    pub(crate) fn bare(&self, route: &str) -> RequestBuilder {
        let (method, path) = route.split_once(' ').unwrap();
        self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), format!("{}{path}", self.sandbox.url()))
    }

    pub(crate) fn request(&self, route: &str) -> RequestBuilder {
        self.bare(route).header("X-Access-Token", self.sandbox.token())
    }

    /// Sends a request without a body.
    pub(crate) async fn call(&self, route: &str) -> (u16, Value) {
        read(self.request(route).send().await.unwrap()).await
    }

    /// Sends JSON.
    pub(crate) async fn send(&self, route: &str, body: Value) -> (u16, Value) {
        read(self.request(route).json(&body).send().await.unwrap()).await
    }

    pub(crate) async fn me(&self) -> Value {
        let (status, answer) = self.call("GET /v3/users/me").await;
        assert_eq!(status, 200, "{answer}");
        answer["response"].clone()
    }
}

/// The crate is built without its own.
pub(crate) trait JsonBody {
    fn json(self, body: &Value) -> Self;
}

impl JsonBody for RequestBuilder {
    fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }
}

/// Status and JSON of an answer; no body is null.
pub(crate) async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let bytes = response.bytes().await.unwrap();
    (status, if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() })
}

/// The one message of a refusal in the usual envelope.
pub(crate) fn message(answer: &Value) -> &str {
    assert!(answer["response"].is_null(), "{answer}");
    answer["meta"]["errors"][0].as_str().unwrap()
}
