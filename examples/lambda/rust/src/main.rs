//! Digits of pi as an AWS Lambda function in plain Rust, without Node.js.

mod spigot;

use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::{Deserialize, Serialize};
use spigot::Spigot;

#[derive(Deserialize)]
struct Request {
    digits: usize,
}

#[derive(Serialize)]
struct Response {
    digits: usize,
    pi: String,
}

async fn handler(event: LambdaEvent<Request>) -> Result<Response, Error> {
    let digits = event.payload.digits;
    let pi = Spigot::default()
        .take(digits)
        .map(|digit| char::from(b'0' + digit))
        .collect();
    Ok(Response { digits, pi })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_runtime::run(service_fn(handler)).await
}
