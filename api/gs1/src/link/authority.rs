//! Scheme and host of a link.

use crate::error::{ErrorCode, ParseError};

/// Where the host of a link stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Authority {
    /// Behind the scheme.
    start: usize,
    /// Behind any user information.
    host: usize,
    /// Where the path begins, or query, or fragment, or nothing.
    pub(crate) end: usize,
    /// Whether the scheme is in small letters, or in capitals, throughout.
    pub(crate) scheme_in_one_case: bool,
}

impl Authority {
    /// Of a text that begins with `http://` or `https://`.
    pub(crate) fn of(text: &[u8]) -> Option<Self> {
        let start = [&b"https://"[..], b"http://"].iter().find_map(|scheme| {
            text.get(..scheme.len()).filter(|begin| begin.eq_ignore_ascii_case(scheme)).map(<[u8]>::len)
        })?;
        let scheme = text.get(..start)?;
        let in_one_case = !scheme.iter().any(u8::is_ascii_uppercase) || !scheme.iter().any(u8::is_ascii_lowercase);
        let rest = text.get(start..)?;
        // A browser takes a backslash for a slash (WHATWG URL §4.4): what stands before it is the host.
        let ends = |byte: &u8| matches!(byte, b'/' | b'\\' | b'?' | b'#');
        let end = rest.iter().position(ends).map_or(text.len(), |found| start + found);
        let host = text.get(start..end)?.iter().rposition(|&byte| byte == b'@').map_or(start, |at| start + at + 1);
        Some(Self { start, host, end, scheme_in_one_case: in_one_case })
    }

    /// The host, with its port.
    pub(crate) fn host<'a>(&self, text: &'a str) -> Option<&'a str> {
        match text.get(self.host..self.end) {
            // A browser also passes over slashes too many behind the scheme.
            Some("") => {
                let rest = text.get(self.end..)?.trim_start_matches(['/', '\\']);
                rest.split(['/', '\\', '?', '#']).next().filter(|host| !host.is_empty())
            }
            host => host,
        }
    }

    /// The reference parser's demands: one case of letters, a host of the usual characters, a path.
    pub(crate) fn check(&self, text: &[u8]) -> Result<(), ParseError> {
        if !self.scheme_in_one_case {
            return Err(ParseError::new(ErrorCode::Scheme, 0));
        }
        let domain = text.get(self.start..self.end).unwrap_or_default();
        let foreign = domain
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'.' | b':' | b'[' | b']'));
        if let Some(at) = foreign {
            return Err(ParseError::new(ErrorCode::Host, self.start + at));
        }
        if domain.is_empty() || text.get(self.end) != Some(&b'/') {
            return Err(ParseError::new(ErrorCode::Host, self.end));
        }
        Ok(())
    }
}
