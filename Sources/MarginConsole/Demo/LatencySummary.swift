public import Histogram
public import MarginDomain

/// Percentiles of a latency, in nanoseconds.
public struct LatencySummary: Equatable, Encodable, Sendable {
    /// How many were measured.
    public var count: UInt64
    public var p50Nanoseconds: UInt64
    public var p90Nanoseconds: UInt64
    public var p99Nanoseconds: UInt64
    public var p999Nanoseconds: UInt64
    public var maxNanoseconds: UInt64

    /// From a histogram of nanoseconds; all zero if it is empty.
    public init(_ histogram: Histogram<UInt64>) {
        count = histogram.totalCount
        p50Nanoseconds = Self.percentile(50, of: histogram)
        p90Nanoseconds = Self.percentile(90, of: histogram)
        p99Nanoseconds = Self.percentile(99, of: histogram)
        p999Nanoseconds = Self.percentile(99.9, of: histogram)
        maxNanoseconds = histogram.totalCount == 0 ? 0 : histogram.max
    }

    /// From single measurements; below zero counts as zero.
    public init(_ latencies: [Duration64]) {
        var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
        histogram.autoResize = true
        for latency in latencies { _ = histogram.record(UInt64(max(0, latency.nanoseconds))) }
        self.init(histogram)
    }

    private static func percentile(_ percentile: Double, of histogram: Histogram<UInt64>) -> UInt64 {
        histogram.totalCount == 0 ? 0 : histogram.valueAtPercentile(percentile)
    }

    /// As a row of a table: count, then percentiles.
    var cells: [String] {
        [DollarText.grouped(count)]
            + [p50Nanoseconds, p90Nanoseconds, p99Nanoseconds, p999Nanoseconds, maxNanoseconds].map {
                count == 0 ? "-" : DecimalText.duration(Double($0))
            }
    }
}
