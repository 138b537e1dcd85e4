//! The door: takes connections, bounds how many there are and how long each may dawdle, and
//! lets those in hand finish when the program is asked to stop.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tower_service::Service;

/// More connections than this wait until another one ends.
const MOST_CONNECTIONS: usize = 2_000;

/// How long the head of a request may take, and how long a connection may stay idle.
const HEAD: Duration = Duration::from_secs(30);

/// How long requests in hand may take after the program was asked to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// More requests than this are not judged at once; the others wait.
const MOST_AT_ONCE: usize = 64;

/// The other end of the connection on which a request came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// A bound server that does not serve yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
}

impl Server {
    /// Binds the application to an address; port 0 takes a free one.
    pub fn bind(router: Router, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener, router })
    }

    /// The address it is bound to.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the process is interrupted or asked to end; requests in hand get ten
    /// seconds to finish.
    pub fn run(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(MOST_AT_ONCE)
            .enable_all()
            .build()?;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            serve(listener, self.router).await;
            Ok(())
        })
    }
}

async fn serve(listener: tokio::net::TcpListener, router: Router) {
    let graceful = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut stop = std::pin::pin!(asked_to_stop());
    loop {
        let Ok(place) = Arc::clone(&free).acquire_owned().await else { break };
        tokio::select! {
            accepted = listener.accept() => {
                // a connection that broke before it began is no reason to stop
                let Ok((stream, peer)) = accepted else {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                };
                let connection = connection(stream, peer, router.clone(), graceful.watcher());
                tokio::spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            () = &mut stop => break,
        }
    }
    drop(listener);
    // whoever takes longer is cut off
    tokio::time::timeout(FAREWELL, graceful.shutdown()).await.unwrap_or_default();
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    watcher: Watcher,
) {
    // small answers go out at once; without this they are only slower
    stream.set_nodelay(true).unwrap_or_default();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        Service::call(&mut router.clone(), request)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // what goes wrong on one connection concerns its other end only
    watcher.watch(serving).await.unwrap_or_default();
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let ended = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted() => {}
        () = ended => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    interrupted().await;
}

/// Ctrl-C; without a signal handler the process simply ends on it.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
