//! How the bits of a tag are divided between company prefix and reference.
//!
//! EPC Tag Data Standard 14.3 and the partition tables of 14.6.

/// Bits of the company prefix; its digits are 12 less the partition value.
pub(super) const PREFIX_BITS: [u8; 7] = [40, 37, 34, 30, 27, 24, 20];

/// Bits of the reference, by partition value.
pub(super) type ReferenceBits = [u8; 7];

/// SGTIN, ITIP and GRAI: 44 bits together.
pub(super) const OF_44: ReferenceBits = [4, 7, 10, 14, 17, 20, 24];
/// SSCC and GSRN: 58 bits together.
pub(super) const OF_58: ReferenceBits = [18, 21, 24, 28, 31, 34, 38];
/// SGLN, GDTI and SGCN: 41 bits together.
pub(super) const OF_41: ReferenceBits = [1, 4, 7, 11, 14, 17, 21];
/// GIAI-96: 82 bits together.
pub(super) const OF_82: ReferenceBits = [42, 45, 48, 52, 55, 58, 62];
/// GIAI-202: 188 bits together, seven for a character.
pub(super) const OF_188: ReferenceBits = [148, 151, 154, 158, 161, 164, 168];
/// CPI-96: 51 bits together.
pub(super) const OF_51: ReferenceBits = [11, 14, 17, 21, 24, 27, 31];
/// CPI-var: at most this many, six for a character.
pub(super) const CPI_VAR: ReferenceBits = [114, 120, 126, 132, 138, 144, 150];
