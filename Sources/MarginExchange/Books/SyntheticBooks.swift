public import MarginDomain

/// The customers of the exchange: accounts in pools of every shape, their positions, and money enough for them.
///
/// Every position was traded with a maker, so that each instrument nets to zero over all accounts. Funding is a
/// multiple of estimated initial margin, spread so that a crash walks a realistic share of the pools through every
/// state of the life cycle. Pure: the same size, market and seed give the same books.
public struct SyntheticBooks: Sendable {
    /// All accounts, the house's and the makers first, in order of account.
    let accounts: [PlannedAccount]
    let makers: [AccountID]
    private let places: [AccountID: Int]
    private let membersByPool: [PoolID: [Member]]
    /// The house's account for liquidated positions.
    public static let backstop = AccountID(1000)
    /// The agreement of pools with one owner.
    static let oneOwner = AgreementID(10)

    private static let firstMaker: UInt64 = 1001
    private static let firstCustomer: UInt64 = 10_001
    private static let groupSize = 3
    /// Dollars of underlying of the median customer.
    private static let typicalDollars = 20_000.0

    /// Plans `count` accounts, of which about one in fifty is a maker.
    init(count: Int, _ catalogue: Catalogue, _ market: SyntheticMarket, seed: UInt64) {
        var random = SplitMix64(seed: seed, concept: 2)
        let writer = LegWriter(catalogue, market)
        let makerCount = max(2, count / 50)
        makers = (0..<UInt64(makerCount)).map { AccountID(Self.firstMaker + $0) }
        var accounts = [Self.house(Self.backstop, .backstop)] + makers.map { Self.house($0, .maker) }
        while accounts.count < count {
            accounts += Self.customers(after: UInt64(accounts.count), writer, &random)
        }
        self.accounts = accounts
        places = Dictionary(uniqueKeysWithValues: accounts.indices.map { (accounts[$0].account, $0) })
        membersByPool = Self.membersByPool(accounts)
    }

    /// The plan of an account; nil if there is none.
    func account(_ id: AccountID) -> PlannedAccount? { places[id].map { accounts[$0] } }

    /// The members of a pool, in order of account; none if the pool is not of these books.
    func members(of pool: PoolID) -> [Member] { membersByPool[pool] ?? [] }

    /// The maker that takes the other side of an account's leg.
    func maker(for account: AccountID, leg: Int) -> AccountID {
        makers[Int((account.rawValue + UInt64(leg)) % UInt64(makers.count))]
    }

    /// Positions of all makers once everybody has traded, by account.
    func makerLots() -> [AccountID: [InstrumentID: Int64]] {
        var lots: [AccountID: [InstrumentID: Int64]] = [:]
        for account in accounts {
            for (place, leg) in account.legs.enumerated() {
                lots[maker(for: account.account, leg: place), default: [:]][leg.instrument, default: 0] -= leg.lots
            }
        }
        return lots
    }

    private static func membersByPool(_ accounts: [PlannedAccount]) -> [PoolID: [Member]] {
        var members: [PoolID: [Member]] = [:]
        for account in accounts {
            members[account.sharedPool ?? account.ownPool, default: []].append(Member(account.account))
            for leg in account.legs where leg.mode == .isolated {
                members[account.pool(of: leg), default: []].append(Member(account.account, isolated: leg.instrument))
            }
        }
        return members
    }

    private static func house(_ account: AccountID, _ shape: BookShape) -> PlannedAccount {
        PlannedAccount(account: account, owner: OwnerID(account.rawValue), shape: shape, cover: 6)
    }

    /// The next customer, or the next three of one owner.
    private static func customers(
        after number: UInt64, _ writer: LegWriter, _ random: inout SplitMix64
    ) -> [PlannedAccount] {
        let shape = random.pick(BookShape.customerMix)
        let size = min(random.pareto(1.2), 150) * typicalDollars * (shape == .whale ? 100 : 1)
        // Some are nearly at their limit, most are well covered: a quarter has less than two and a half margins.
        let cover = min(1.4 + 4 * random.exponential(), shape == .coinCollateral ? 3.5 : 12)
        let isGroup = shape == .sharedOwner
        let first = AccountID(firstCustomer + number)
        return (0..<UInt64(isGroup ? groupSize : 1)).map { place in
            var account = PlannedAccount(
                account: AccountID(first.rawValue + place), owner: OwnerID(first.rawValue), shape: shape, cover: cover)
            if isGroup { account.sharedPool = PoolID(first.rawValue + 1_000_000) }
            // The third of a group is an option book, so that shared pools net across kinds.
            let kind = isGroup && place == 2 ? BookShape.hedgedOptions : shape
            account.legs = writer.legs(kind, dollars: size, &random)
            return account
        }
    }
}
