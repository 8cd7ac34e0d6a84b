@testable import MarginLog

extension [UInt8] {
    /// Gives a whole record the checksum of its present bytes: a change that only the chain can find.
    mutating func reseal() {
        let header = CRC32C.checksum(span.bytes.extracting(0..<60))
        store(CRC32C.checksum(span.bytes.extracting(64..<count), continuing: header), at: 60)
    }
}
