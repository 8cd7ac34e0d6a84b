/// Every bound of the log, in one place. Sizes that a deployment chooses are in ``SegmentedLogConfiguration``.
public enum LogLimits {
    /// Largest body of a record: four of the largest bus frames.
    public static let bodyBytesMax = 1 << 20

    /// Smallest segment: its header, a mark and one small record.
    public static let segmentBytesMin = 1024

    /// Largest segment; offsets inside one then fit in 32 bits in any tool that reads them.
    public static let segmentBytesMax = 1 << 31

    /// Largest queue that can be configured; two buffers of the size are held.
    public static let queueBytesLimit = 1 << 30

    /// First size of the window through which a segment is read; it grows to the largest record met, not further.
    static let readWindowBytes = 256 << 10

    /// Size of every header on disk: record, segment, mark and anchor slot.
    static let headerBytes = 64

    /// Records begin at multiples of this, so that a search for marks needs to look only there.
    static let alignment = 8

    /// Distance of the two anchor slots: one torn page cannot take both.
    static let anchorSlotBytes = 4096
}
