public import MarginDomain

/// A pool's margin, computed from scratch with the plainest loops: paragraphs 5 to 8 of `docs/margin-model.md`.
///
/// It is written to be obviously right and shares no code with the model. Everything integral is an `Int128`, so that
/// sums are exact in any order; `Double` appears only where the page computes in `Double`. The steps are the page's
/// paragraphs: ``NaiveEquity``, ``NaiveScan``, ``NaiveAddOns``, and then the requirements here.
public struct NaiveMargin: Equatable, Sendable {
    /// Whether there is a number at all.
    public enum Status: Equatable, Sendable {
        case margined
        /// An input or a row is missing: the first, by name.
        case unpriceable(NoMargin)
        /// A sum would not be exact.
        case beyondExactRange
    }

    /// Margined, or why not; without a margin all numbers are zero.
    public var status = Status.margined
    /// What the pool is worth.
    public var equity = Value.zero
    /// IM.
    public var initialMargin = Value.zero
    /// MM.
    public var maintenanceMargin = Value.zero
    /// The requirement at which a liquidation stops.
    public var releaseMargin = Value.zero
    /// Below which a call is made, where that is not the release margin.
    public var callMargin: Value?
    /// `⌈MM·10⁹ / E⌉`.
    public var utilisation = Ratio.zero
    /// The parts of the initial and of the maintenance margin.
    public var components: [MarginComponent: Component] = [:]
    /// Per underlying with a loss, ascending.
    public var binding: [Binding] = []
    /// `g_u(col)`: the whole scenario vector.
    public var gains: [AssetID: [Int128]] = [:]
    /// `scan`, before the floor.
    public var scan = 0.0

    /// Of nothing.
    public init() {}

    /// A pool without a number.
    init(_ status: Status) { self.status = status }

    /// The margin of a pool that holds `holdings`.
    public init(
        of holdings: NaiveHoldings, besides elsewhere: [AssetID: NaiveSize] = [:], in market: inout NaiveMarket
    ) {
        guard var book = NaiveBook(holdings, in: &market) else {
            self.init(NaiveReason.missing(holdings, in: &market).map { .unpriceable($0) } ?? .beyondExactRange)
            return
        }
        guard book.isExact else {
            self.init(.beyondExactRange)
            return
        }
        book.ownerRates = NaiveOwners.rates(book, besides: elsewhere)
        self.init(of: book)
    }

    /// Paragraph 8.
    init(of book: NaiveBook) {
        let parameters = book.parameters
        let scan = NaiveScan(book)
        let Scan = max(scan.scan, Double(quanta: NaiveAddOns.floor(book)))

        func requirement(_ factor: String, _ addOns: [MarginComponent: Int128]) -> [MarginComponent: Int128] {
            var parts = addOns
            let f = parameters[factor]
            parts[.scan] = Int128((f * scan.scan).rounded(.up))
            parts[.minimumDelta] = Int128((f * Scan).rounded(.up)) - Int128((f * scan.scan).rounded(.up))
            return parts
        }
        let maintenanceAddOns = NaiveAddOns.all(book, .maintenance)
        var IM = requirement("initial", NaiveAddOns.all(book, .initial))
        IM[.oracleUncertainty] = NaiveDoubt.oracleUncertainty(book)
        IM[.twoPrice] = NaiveDoubt.twoPrice(book)
        IM[.openOrders] = book.openOrders(Scan: Scan)
        IM[.funding] = NaiveOwners.funding(book)
        (IM[.liquidity], IM[.concentration]) = NaiveOwners.charges(book)
        let MM = requirement("maintenance", maintenanceAddOns)
        let release = requirement("release", maintenanceAddOns)
        func total(_ parts: [MarginComponent: Int128]) -> Value {
            Value(saturating: parts.values.reduce(0, +))
        }

        equity = Value(saturating: NaiveEquity.total(book))
        initialMargin = total(IM)
        maintenanceMargin = total(MM)
        releaseMargin = total(release)
        for part in MarginComponent.allCases {
            components[part] = Component(
                component: part, initial: Value(saturating: IM[part, default: 0]),
                maintenance: Value(saturating: MM[part, default: 0]))
        }
        binding = scan.binding
        gains = scan.g
        self.scan = scan.scan
        utilisation = Self.utilisation(MM: maintenanceMargin, E: equity)
    }

    /// `⌈MM·10⁹ / E⌉` billionths; 0 if `MM = 0`; the largest value if `E ≤ 0 < MM`.
    static func utilisation(MM: Value, E: Value) -> Ratio {
        if MM.quanta == 0 { return .zero }
        if E.quanta <= 0 { return Ratio(.max) }
        return Ratio(Int64(clamping: Rounding.up(Int128(MM.quanta) * 1_000_000_000, dividedBy: Int128(E.quanta))))
    }
}

/// Which of the two requirements is meant where their rates differ.
public enum NaiveRequirement: Sendable, CaseIterable {
    case initial
    case maintenance
}
