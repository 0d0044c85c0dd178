//! How long reading takes: what people scan, and inputs of doubling length for each form, whose
//! times must double too.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gs1::{Outcome, read, read_link};

fn usual(c: &mut Criterion) {
    let inputs: [(&str, &[u8]); 7] = [
        ("gtin_13", b"9520000010010"),
        ("link_lot_serial", b"https://id.example.vn/01/09520000010010/10/L01A/21/3165QFD13Z41"),
        ("link_lot_serial_expiry", b"https://id.example.vn/01/09520000010010/10/L01A/21/3165QFD13Z41?17=261231"),
        ("element_string", b"]d201095200000100101726123110L01A\x1d213165QFD13Z41"),
        ("bracketed", b"(01)09520000010010(17)261231(10)L01A(21)3165QFD13Z41"),
        ("opaque", b"HP-TXNG-000123"),
        ("payment", b"00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304F4E5"),
    ];
    let mut group = c.benchmark_group("usual");
    for (name, input) in inputs {
        group.bench_function(name, |b| b.iter(|| read(black_box(input)).tidied));
    }
    group.bench_function("path_to_canonical", |b| {
        let mut out = String::with_capacity(256);
        b.iter(|| {
            out.clear();
            let raw = black_box("/01/09520000010010/10/L01A/21/3165QFD13Z41");
            if let Outcome::TradeItem(item) = read_link(raw).outcome {
                let _ = item.write_canonical(&mut out);
            }
            out.len()
        });
    });
    group.finish();
}

/// Inputs that make each form work to their end.
fn long(form: &str, len: usize) -> Vec<u8> {
    let (start, unit, end) = match form {
        "segments" => ("https://e.vn", "/01/1", "/01/09520000010010"),
        "parameters" => ("https://e.vn/01/09520000010010?", "a=1&", "b=2"),
        "elements" => ("]C1010952000001001", "0", "\u{1d}99A"),
        "repeated_elements" => ("]C10109520000010010", "99A\u{1d}", "98B"),
        "associations" => ("(01)09520000010010", "(8030)A(7230)ABC(3922)1(250)C", "(99)A"),
        "escapes" => ("/01/09520000010010/10/", "%41", ""),
        "spelt_fnc1" => ("0109520000010010", "10A{GS}", "21B"),
        "schemes" => ("https://e.vn/", "http:/", "1"),
        "bars" => ("0310901234567", "|0", "|"),
        _ => ("", "Ầ", ""),
    };
    let mut text = String::from(start);
    while text.len() + unit.len() + end.len() <= len {
        text.push_str(unit);
    }
    text.push_str(end);
    text.into_bytes()
}

fn linear(c: &mut Criterion) {
    let mut group = c.benchmark_group("linear");
    let forms = [
        "segments",
        "parameters",
        "elements",
        "repeated_elements",
        "associations",
        "escapes",
        "spelt_fnc1",
        "schemes",
        "bars",
        "letters",
    ];
    for form in forms {
        for len in [128, 512, 2048] {
            let input = long(form, len);
            group.throughput(Throughput::Bytes(input.len() as u64));
            group.bench_with_input(BenchmarkId::new(form, len), &input, |b, input| {
                b.iter(|| read(black_box(input)).tidied);
            });
        }
    }
    group.finish();
}

criterion_group!(benches, usual, linear);
criterion_main!(benches);
