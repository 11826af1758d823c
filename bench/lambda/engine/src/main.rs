//! The function of `examples/lambda/rust` with the engine in place of the spigot.

use compute_pi::Options;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::{Deserialize, Serialize};

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
    let values = compute_pi::digits(digits, &Options::new())?;
    let pi = values.iter().map(|digit| char::from(b'0' + digit)).collect();
    Ok(Response { digits, pi })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_runtime::run(service_fn(handler)).await
}
