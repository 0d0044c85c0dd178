//! Bodies that nobody reads to their end: too large, too slow, of the wrong type, or sent where none belongs.
//!
//! What is left of a body with a length is taken in for two seconds after the answer, and the connection is closed. What
//! is left of one in chunks would be taken in for as long as it comes, as soon as nobody holds it any more (actix-http
//! wants to keep the connection). So it is held here until the answer has gone out; then it ends as the other does.

use core::pin::Pin;
use core::task::{Context, Poll};
use std::cell::RefCell;
use std::error::Error as StdError;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, rt};
use bytes::Bytes;
use futures_util::stream::Stream;

/// How long it is held for an answer that is made elsewhere: longer than it takes to send.
const SENDING: Duration = Duration::from_secs(5);

/// Whether the body of a request has no length.
pub(super) fn is_endless(request: &ServiceRequest) -> bool {
    request.headers().contains_key(header::TRANSFER_ENCODING)
}

/// Hold the body of a request until it has been answered: as a layer.
///
/// # Errors
/// Those of the service behind it.
pub async fn unread<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if is_endless(&request) {
        held(request, async |request| next.call(request).await).await
    } else {
        next.call(request).await.map(ServiceResponse::map_into_boxed_body)
    }
}

/// The same around anything that answers.
pub(super) async fn held<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    answer: impl AsyncFnOnce(ServiceRequest) -> Result<ServiceResponse<B>, Error>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let body = Held(Rc::new(RefCell::new(request.take_payload())));
    request.set_payload(Payload::Stream { payload: Box::pin(body.clone()) });
    match answer(request).await {
        Ok(response) => Ok(response.map_body(|_, answer| BoxBody::new(Answer { answer: answer.boxed(), body }))),
        Err(error) => {
            rt::spawn(async move {
                rt::time::sleep(SENDING).await;
                drop(body);
            });
            Err(error)
        }
    }
}

/// The body of a request, for whoever reads it and for whoever holds it.
#[derive(Clone)]
struct Held(Rc<RefCell<Payload>>);

impl Stream for Held {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(cx)
    }
}

/// The body of an answer.
struct Answer {
    answer: BoxBody,
    #[expect(dead_code, reason = "held until the answer has gone out")]
    body: Held,
}

impl MessageBody for Answer {
    type Error = Box<dyn StdError>;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.answer).poll_next(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{SocketAddr, TcpStream};

    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, HttpServer, web};
    use tokio::time::Instant;

    use super::*;
    use crate::problem::{Kind, Problem};

    const PATIENCE: Duration = Duration::from_secs(30);

    async fn refuse(_: ServiceRequest, _: Next<BoxBody>) -> Result<ServiceResponse, Error> {
        Err(Problem::from(Kind::RequestTimeout).into())
    }

    /// Send a body that never ends. Returns the head of the answer, if the connection is then closed.
    fn endless(server: SocketAddr, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(server).unwrap();
        for timeout in [TcpStream::set_read_timeout, TcpStream::set_write_timeout] {
            timeout(&stream, Some(PATIENCE)).unwrap();
        }
        let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = [0; 1024];
        let read = stream.read(&mut answer).unwrap();
        let began = Instant::now();
        let chunk = [b"1000\r\n".as_slice(), &[b'x'; 0x1000], b"\r\n"].concat();
        while began.elapsed() < PATIENCE {
            if stream.write_all(&chunk).is_err() {
                return Some(String::from_utf8_lossy(&answer[..read]).into_owned());
            }
        }
        None
    }

    #[actix_web::test]
    async fn a_connection_whose_body_never_ends_is_closed_after_the_answer() {
        let server = HttpServer::new(|| {
            App::new()
                .wrap(from_fn(unread))
                .service(
                    web::resource("/413").to(|| async { Err::<HttpResponse, _>(Problem::from(Kind::BodyTooLarge)) }),
                )
                .service(web::resource("/408").wrap(from_fn(refuse)).to(HttpResponse::Ok))
                .service(web::resource("/200").to(HttpResponse::Ok))
        });
        let server = server.workers(1).client_disconnect_timeout(Duration::from_secs(1)).disable_signals();
        let server = server.bind(("127.0.0.1", 0)).unwrap();
        let address = server.addrs()[0];
        let running = server.run();
        let handle = running.handle();
        rt::spawn(running);
        for status in ["413", "408", "200"] {
            let head = web::block(move || endless(address, &format!("/{status}"))).await.unwrap();
            let head = head.unwrap_or_else(|| panic!("{status}: it is still open")).to_ascii_lowercase();
            assert!(head.starts_with(&format!("http/1.1 {status}")) && head.contains("connection: close"), "{head}");
        }
        handle.stop(false).await;
    }
}
