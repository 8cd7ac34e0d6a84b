import MarginDomain

/// The exchange of a ``GeneratedStream`` while it is being made up: what it knows, and the records written so far.
struct GeneratedWorld {
    var random: SplitMix64
    let size: GeneratedStream.Size
    /// Time of the next record.
    var time = Timestamp(1_772_323_200_000_000_000)
    var sequences: [SourceID: SequenceNumber] = [:]
    var batches: [EventBatch] = []

    /// The underlyings that take part.
    let underlyings: [GeneratedAsset]
    /// Current prices in dollars.
    var prices: [AssetID: Double] = [:]
    /// Current level of volatility, relative to the asset's own.
    var volatilityLevels: [AssetID: Double] = [:]
    /// Listed and not yet settled.
    var instruments: [GeneratedInstrument] = []
    var nextInstrument: UInt32 = 1
    var accounts: [GeneratedAccount] = []
    var nextAccount: UInt64 = 1
    var nextReference: UInt64 = 1
    /// Recent trades, any of which may be undone.
    var trades: [Trade] = []
    /// Net lots per member: enough to close positions, and to know what to fund.
    var lots: [Member: [InstrumentID: Int64]] = [:]
    /// Orders that may rest in the market; some are gone with their instrument.
    var orders: [OrderUpdate] = []
    /// Which pools were joined.
    var joined: [Member: PoolID] = [:]
    var nextPool: UInt64 = 5000
    var silent: Set<SourceID> = []
    var parameterVersion: UInt32 = 0
    /// Whether some expiries are published as SVI slices, and the random numbers for it.
    var sliceRandom: SplitMix64?
    /// How days pass, in the streams in which they do.
    var days: SplitMix64?
    /// How operators change parameters, in the streams in which they do.
    var governance: GeneratedGovernance?

    /// What is said about funding and depth, in the streams in which it is.
    var conditions: GeneratedConditions?
    /// Spoils surfaces, in the streams in which some can be arbitraged.
    var spoilingRandom: SplitMix64?
    /// A few volatilities at a time, in the streams in which they come so.
    var sparse: GeneratedSparse?
    /// What members of mutual pools do, in the streams that have some.
    var mutual: GeneratedMutual?

    static let reference = SourceID(1)
    static let control = SourceID(2)
    static let trading = SourceID(30)
    static let cash = SourceID(40)
    static let collateral = SourceID(41)

    init(seed: UInt64, size: GeneratedStream.Size) {
        random = SplitMix64(seed: seed)
        self.size = size
        if seed.isMultiple(of: 2) { sliceRandom = SplitMix64(seed: seed ^ 0x51_1CE5) }
        if size.isDaily { days = SplitMix64(seed: seed ^ 0x0D_A135) }
        if seed % 4 == 1 { conditions = GeneratedConditions(seed: seed) }
        if seed % 3 == 1 { spoilingRandom = SplitMix64(seed: seed ^ 0xA_4B17) }
        if seed % 3 == 2 { sparse = GeneratedSparse(seed: seed) }
        if seed.isMultiple(of: 3) { governance = GeneratedGovernance(seed: seed) }
        // The oracle tries every set of members, which takes long in long streams: there only where they are asked for.
        let isShort = size.records <= GeneratedStream.Size.small.records
        if size.isMutual || seed % 4 == 1 && isShort { mutual = GeneratedMutual(seed: seed) }
        underlyings = Array(GeneratedAsset.underlyings.prefix(size.underlyings))
        for asset in underlyings + [.unmargined, .stablecoin, .gold, .token] {
            prices[asset.id] = asset.price
            volatilityLevels[asset.id] = 1
        }
    }

    /// The source that publishes the prices of an underlying.
    static func source(of asset: GeneratedAsset) -> SourceID { SourceID(UInt16(asset.id.rawValue)) }

    /// Writes one record.
    mutating func emit(_ events: EventGroup, from source: SourceID) {
        if events.count == 0 { return }
        governance?.note(events, from: source)
        let first = sequences[source, default: SequenceNumber(1)]
        sequences[source] = first.advanced(by: events.count)
        // Some sources lag behind others.
        let lag = random.chance(0.1) ? Int64(random.number(0, 0.4) * 1e9) : 0
        let header = BatchHeader(
            source: source, epoch: Epoch(1), firstSequence: first, sendingTime: Timestamp(time.nanoseconds - lag))
        batches.append(EventBatch(header: header, events: events))
    }

    mutating func newReference() -> Reference {
        nextReference += 1
        return Reference(nextReference)
    }

    /// Lets time pass: mostly moments, sometimes hours, so that a stream covers days.
    mutating func passTime() {
        let seconds =
            switch random.fraction() {
            case ..<0.6: random.number(0.01, 0.6)
            case ..<0.9: random.number(0.6, 20)
            case ..<0.98: random.number(20, 600)
            default: random.number(600, 9000)
            }
        time = Timestamp(time.nanoseconds + Int64(seconds * 1e9))
    }

    /// One happening of the exchange: usually one record, sometimes a few that belong together.
    mutating func step() {
        passTime()
        passDays()
        if settleExpired() { return }
        switch random.fraction() {
        case ..<0.36: tick()
        case ..<0.40: publishForwards(of: random.pick(underlyings))
        case ..<0.46: publishSurface(of: random.pick(underlyings))
        case ..<0.47: publishRates(of: random.pick(underlyings))
        case ..<0.51: publishCollateral()
        case ..<0.65: trade()
        case ..<0.70: changeOrders()
        case ..<0.73: undo()
        case ..<0.79: depositOrWithdraw()
        case ..<0.825: rescue()
        case ..<0.86: flatten()
        case ..<0.90: moveMoney()
        case ..<0.93: passClock()
        case ..<0.955: changeMembership()
        case ..<0.97: changeTrust()
        case ..<0.975: changeParameters()
        case ..<0.982: listMore()
        default: misbehave()
        }
    }
}
