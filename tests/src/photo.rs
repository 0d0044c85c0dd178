//! Photos as a reporter sends them, and files that are none: PNG, written by hand.

/// A chunk of a PNG.
fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let length = u32::try_from(data.len()).expect("a chunk is small").to_be_bytes();
    [&length[..], &body, &crc32(&body).to_be_bytes()].concat()
}

/// CRC-32 (ISO-HDLC), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

/// Bytes in a zlib stream that compresses nothing (RFC 1950, RFC 1951 §3.2.4).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = bytes.chunks(0xFFFF).collect();
    for (n, block) in blocks.iter().enumerate() {
        let length = u16::try_from(block.len()).expect("a block is small");
        stream.push(u8::from(n + 1 == blocks.len()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    stream.extend((b << 16 | a).to_be_bytes());
    stream
}

/// A grey PNG that says that it has these sides, with as many pixels as `rows` rows have, and a comment.
#[must_use]
pub fn png_of(width: u32, height: u32, rows: u32, comment: &str) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let row = (0..=width).map(|x| if x == 0 { 0 } else { (x % 251).to_le_bytes()[0] });
    let row: Vec<u8> = row.take(100_000).collect();
    let rows = usize::try_from(rows).expect("few rows");
    let text = [b"Comment\0", comment.as_bytes()].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(*b"IHDR", &head),
        chunk(*b"tEXt", &text),
        chunk(*b"IDAT", &stored(&row.repeat(rows))),
        chunk(*b"IEND", b""),
    ]
    .concat()
}

/// A photo with a comment.
#[must_use]
pub fn png(width: u32, height: u32, comment: &str) -> Vec<u8> {
    png_of(width, height, height, comment)
}
