//! A handler that returns a constant, in a server with Nguon's own settings: what actix and the kernel cost when
//! nothing is looked up. `constant ADDRESS THREADS FILE`.

use std::error::Error;
use std::time::Duration;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{App, HttpResponse, HttpServer, web};

#[path = "../headers.rs"]
mod headers;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [address, threads, file] = <[String; 3]>::try_from(std::env::args().skip(1).collect::<Vec<_>>())
        .map_err(|_| "constant ADDRESS THREADS FILE")?;
    let body = Bytes::from(std::fs::read(file)?);
    let mut headers: Vec<(HeaderName, HeaderValue)> = Vec::new();
    for (name, value) in headers::CONSTANT.into_iter().chain([("etag", "W/\"0123456789abcdef01234567\"")]) {
        headers.push((HeaderName::from_static(name), HeaderValue::from_static(value)));
    }
    HttpServer::new(move || {
        let (body, headers) = (body.clone(), headers.clone());
        App::new().default_service(web::to(move || {
            let mut response = HttpResponse::Ok();
            for header in &headers {
                response.insert_header(header.clone());
            }
            std::future::ready(response.content_type("application/json").body(body.clone()))
        }))
    })
    .workers(threads.parse()?)
    .max_connections(10_000)
    .client_request_timeout(Duration::from_secs(5))
    .client_disconnect_timeout(Duration::from_secs(2))
    .keep_alive(Duration::from_secs(15))
    .bind(address)?
    .run()
    .await?;
    Ok(())
}
