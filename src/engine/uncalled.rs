//! A Telegram that nobody is to call, for tests of who may not.

use std::io::ErrorKind;
use std::net::TcpListener;

use crate::telegram::Bot;

pub(super) struct Uncalled {
    telegram: TcpListener,
}

impl Uncalled {
    pub fn listens() -> Self {
        let telegram = TcpListener::bind("127.0.0.1:0").unwrap();
        telegram.set_nonblocking(true).unwrap();
        Self { telegram }
    }

    /// One that would call it.
    pub fn bot(&self) -> Bot {
        let api = format!("http://{}", self.telegram.local_addr().unwrap());
        Bot::new("7000000001:nobody".to_owned().into(), &api, None).unwrap()
    }

    pub fn expect_no_call(&self) {
        let called = self.telegram.accept().unwrap_err().kind();
        assert_eq!(called, ErrorKind::WouldBlock, "nobody has called");
    }
}
