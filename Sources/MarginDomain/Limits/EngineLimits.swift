/// Every bound of the engine, in one place.
///
/// Limits apply to what may be refused: frames, orders, prices, parameters. Trades and cash are facts and are
/// applied whatever their size; what the model cannot then margin exactly is quarantined, visibly.
public enum EngineLimits {
    /// Largest body of one bus message. The socket refuses larger frames before they are read.
    public static let frameBytesMax = 256 * 1024

    /// Most entries in one group; the count field on the wire is 16 bits wide.
    public static let groupEntriesMax = 4096

    /// Messages of one source that may wait for a gap to close before it counts as lost and is asked for as a snapshot.
    public static let gapBufferMessagesMax = 4096

    /// Batches that may wait between two stages.
    public static let handoverBatchesMax = 4096

    /// How far ahead of the engine's time a time stamp may be.
    public static let futureToleranceSeconds: Int32 = 1

    /// Largest net position that the kernels take: lots and money quanta multiply exactly below 2^53.
    public static let positionLotsMax: Int64 = 1 << 40

    /// Orders of one member that may wait in the market; one more is refused.
    public static let ordersPerMemberMax = 1024

    /// Largest magnitude of a sum of quanta that a Double holds exactly, with one bit to spare.
    public static let exactSumMax: Double = 4_503_599_627_370_496

    /// Largest published volatility, 50 = 5 000 % a year. Above it a point is refused.
    public static let volatilityMax = Volatility(50 * Volatility.scale)

    /// Strikes of one expiry at which volatilities stand or wait; a point at one more is refused. Venues list a hundred.
    public static let volatilityStrikesMax = 512

    /// Volatilities of one underlying that wait to take effect; more are refused, but for one that ends the surface.
    public static let waitingVolatilitiesMax = 16_384

    /// Assets, instruments and pools for which tables are sized at start.
    public static let assetsMax = 1024
    public static let instrumentsMax = 65_536

    /// Proposed sets of risk parameters that are kept; one more drops the one with the lowest version.
    public static let proposedSetsMax = 8

    /// Most values of one set of risk parameters. A source that sends more without an end loses them.
    public static let parameterValuesMax = 16_384

    /// Most daily closes of an underlying that are kept: three years.
    public static let dailyClosesMax = 1100

    /// Regions that a cut may look for first, in a small book; in a large one a sixteenth of its pools.
    public static let renewalsPerCut = 1024

    /// Least and largest level of a volatility index, 1 % and 1 000 % a year. Beyond them somebody mixed up points and
    /// fractions; between them no log return exceeds seven.
    public static let volatilityIndexMin = Volatility(Volatility.scale / 100)
    public static let volatilityIndexMax = Volatility(10 * Volatility.scale)

    /// Longest tenor of a volatility index, and most of them that an underlying may have.
    public static let tenorDaysMax: UInt16 = 3650
    public static let tenorsPerUnderlyingMax = 8

    /// Most pools that a preview of risk parameters names one by one; all are counted.
    public static let previewedPoolsMax = 1000

    /// Most underlyings in one pool.
    public static let underlyingsPerPoolMax = 16

    /// Most members of a mutual pool: every evaluation looks at sets of them.
    public static let mutualMembersMax = 48

    /// How long calls alone follow when parameters or guards take credit away.
    public static let mutualGraceSeconds: Int32 = 3_600
    /// Longest wait of a member that could not leave a mutual pool until it is tried again.
    public static let mutualExitWaitSecondsMax: Int32 = 64

    /// Reservations that stand at one time, in all and in one pool.
    public static let reservationsMax = 65_536
    public static let reservationsPerPoolMax = 64

    /// Longest reservation. After a restart checks wait a second more.
    public static let reservationSecondsMax: Int32 = 10

    /// Instruments of a pool whose reserved fills are combined in every way, 2 to this power; others stand alone.
    public static let jointFillInstrumentsMax = 4

    /// Signals kept in memory for replay; older ones are read from the projection.
    public static let retainedSignalsMax = 65_536

    /// Dead letters kept in memory for display; all are counted and logged.
    public static let retainedDeadLettersMax = 1024
}
