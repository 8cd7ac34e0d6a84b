import MarginDomain
import MarginExchange
import MarginModel

/// An option chain with pools: the model's book as it is at a cut.
struct ChainBook {
    private(set) var book: MarginBook
    let poolCount: Int
    let positionsPerPool: Int

    /// - Parameter positionsPerPool: distinct instruments in each pool, in a fixed pseudo-random choice.
    init(poolCount: Int, positionsPerPool: Int) throws {
        let chain = try OptionChain()
        book = try chain.book()
        (self.poolCount, self.positionsPerPool) = (poolCount, positionsPerPool)
        var random = SplitMix64(seed: 1)
        for pool in 1...UInt64(poolCount) {
            let slot = book.openPool(PoolID(pool))
            var held: Set<Int> = []
            while held.count < positionsPerPool { held.insert(Int(random.next() % UInt64(chain.instruments.count))) }
            for place in held.sorted() {
                let lots = Int128(random.next() % 20) - 10
                book.add(NetQuantity(lots >= 0 ? lots + 1 : lots), of: chain.instruments[place].id, to: slot)
            }
            book.add(Balance(Int128(100_000) * Int128(Value.perDollar)), of: OptionChain.dollar, to: slot)
        }
    }

    /// Two prices to go back and forth between, so that every cut is of a market that moved.
    enum Moment: Int64, CaseIterable {
        case before = 0
        case after = 1
    }

    mutating func refresh(at moment: Moment) {
        book.apply(OptionChain.index(OptionChain.spotDollars + 10 * Double(moment.rawValue)))
        book.refresh(OptionChain.coin, at: Timestamp(OptionChain.start.nanoseconds + moment.rawValue * 1_000_000_000))
    }

    /// Evaluates every pool.
    ///
    /// - Returns: the sum of all equities and requirements, and how many pools there were.
    mutating func evaluate() -> (sum: UInt64, count: Int) {
        var sum: UInt64 = 0
        var count = 0
        book.evaluate(exposedTo: OptionChain.coin) { _, margin in
            // BOUNDS: a checksum may wrap.
            sum &+= UInt64(bitPattern: margin.equity.quanta &+ margin.initial.quanta &+ margin.maintenance.quanta)
            count += margin.status == .margined ? 1 : 0
        }
        return (sum, count)
    }
}
