internal import CMarginKernels
internal import MarginDomain
public import MarginModel

/// A mutual pool of linear books held through history, asked of the default model at every close: docs/margin-model.md §12.
///
/// Each book is struck to its notional at the first close of a month and held in coins until the next, so that sizes
/// drift apart as prices do. Profit is settled daily: a member's cash is its equity.
public struct MutualDays: Sendable {
    /// In the order of the dates; the last is the last one whose two-day loss is known.
    public let days: [Day]
    /// Of a member's stand-alone maintenance margin over its equity: beyond it the terms ring-fence.
    public let utilisation: Double

    public init(_ days: [Day], utilisation: Double) {
        self.days = days
        self.utilisation = utilisation
    }

    /// A close, with members that have exactly their shares.
    public struct Day: Sendable {
        /// Whether books were struck anew at this close.
        public let isStruck: Bool
        public let beta: Double
        /// Whether the search for `β` ended within its limit.
        public let isExact: Bool
        public let members: [Member]

        public init(isStruck: Bool, beta: Double, isExact: Bool = true, members: [Member]) {
            self.isStruck = isStruck
            self.beta = beta
            self.isExact = isExact
            self.members = members
        }
    }

    /// A member at a close, in parts of a book's notional when it was struck.
    public struct Member: Sendable {
        /// `S_i` of initial margin, and of maintenance margin.
        public let standAlone: Double
        public let maintenanceAlone: Double
        /// `m_i`.
        public let share: Double
        public let contribution: Double
        /// `K_i`.
        public let pledge: Double
        /// Why the terms would ring-fence it if it had no more than its share.
        public let ringFence: RingFence?
        /// After one day and after two; positive = loss.
        public let losses: [Double]

        public init(
            standAlone: Double, maintenanceAlone: Double, share: Double, contribution: Double, pledge: Double,
            ringFence: RingFence? = nil, losses: [Double]
        ) {
            self.standAlone = standAlone
            self.maintenanceAlone = maintenanceAlone
            self.share = share
            self.contribution = contribution
            self.pledge = pledge
            self.ringFence = ringFence
            self.losses = losses
        }
    }

    /// Days after which losses are compared with what covers them.
    public static let horizons = [1, 2]
}

extension MutualDays {
    /// - Parameters:
    ///   - books: linear ones, of different names.
    ///   - from: the first date.
    /// - Throws: no return on a date, or that no contributions cover the worst default.
    public init(
        _ books: [StandardBook], _ data: BacktestData, from: String, terms: MutualTerms, grid: DefaultGrid
    ) throws(MethodFault) {
        precondition(books.allSatisfy(\.isLinear), "held books are linear")
        let pool = HeldPool(books: books, data: data, terms: terms, grid: grid)
        let first = data.place(of: from)
        // Struck books are the same on every such day, and so is what is locked.
        let contributions = try pool.contributions(struckOn: first)
        var struck = first
        var days: [Day] = []
        for day in first..<max(first, data.history.dates.count - (Self.horizons.max() ?? 0)) {
            let isStruck = day == first || pool.month(day) != pool.month(day - 1)
            if isStruck { struck = day }
            days.append(try pool.day(day, struckOn: struck, contributions))
        }
        self.init(days, utilisation: terms.ringFenceUtilisation.fraction)
    }
}

/// Books that are struck on one day and looked at on a later one.
private struct HeldPool {
    let books: [StandardBook]
    let data: BacktestData
    let terms: MutualTerms
    let grid: DefaultGrid

    func month(_ day: Int) -> Substring { data.history.dates[day].prefix(7) }

    /// What each must lock on the day on which books are struck.
    func contributions(struckOn day: Int) throws(MethodFault) -> [Double] {
        let answer = try grid.answer(try question(on: day, struckOn: day))
        var needed: [Double] = []
        for member in answer.members {
            guard let own = member.standing?.contributionNeeded else {
                throw .unsupported("no contributions cover the worst default of the pool")
            }
            needed.append(own)
        }
        return needed
    }

    /// The pool asked twice: for shares, and, with exactly these as equities, for ring-fences.
    func day(_ day: Int, struckOn struck: Int, _ contributions: [Double]) throws(MethodFault) -> MutualDays.Day {
        var question = try question(on: day, struckOn: struck)
        for index in question.members.indices {
            question.members[index].contribution = contributions[index]
            question.members[index].lien = terms.pledgeMultiple.fraction * contributions[index]
        }
        let shares = try grid.answer(question).members.map(\.share.initial)
        for index in question.members.indices { question.members[index].cash = shares[index] }
        let answer = try grid.answer(question)
        var members: [MutualDays.Member] = []
        for (index, own) in answer.members.enumerated() {
            var losses: [Double] = []
            for horizon in MutualDays.horizons {
                losses.append(try loss(question.members[index], after: day, days: horizon))
            }
            members.append(
                MutualDays.Member(
                    standAlone: own.standAlone.initial, maintenanceAlone: own.standAlone.maintenance,
                    share: own.share.initial, contribution: contributions[index],
                    pledge: own.standing?.pledge.initial ?? 0, ringFence: own.standing?.ringFence, losses: losses))
        }
        return MutualDays.Day(
            isStruck: day == struck, beta: answer.mutual?.beta ?? 0, isExact: answer.mutual?.isExact ?? false,
            members: members)
    }

    /// Prices are multiples of those on the day of the strike, and entry prices those of today: all profit is settled.
    private func question(on day: Int, struckOn struck: Int) throws(MethodFault) -> MarginCase {
        var prices: [String: Double] = [:]
        for symbol in Set(books.flatMap(\.underlyings)) {
            prices[symbol] = try multiple(symbol, after: struck, days: day - struck)
        }
        let members = books.map { book in
            var member = MarginCase.Member(id: book.name)
            for case .perpetual(let symbol, let size) in book.legs {
                member.marked.append(
                    MarginCase.Marked(underlying: symbol, size: size, entryPrice: prices[symbol] ?? 1))
            }
            return member
        }
        var question = MarginCase(
            underlyings: prices.sorted { $0.key < $1.key }.map {
                MarginCase.Underlying(symbol: $0.key, spot: $0.value, perpetual: $0.value)
            }, members: members)
        question.agreement = .mutual(terms)
        return question
    }

    private func loss(_ member: MarginCase.Member, after day: Int, days: Int) throws(MethodFault) -> Double {
        var loss = 0.0
        for held in member.marked {
            loss += held.size * held.entryPrice * (1 - (try multiple(held.underlying, after: day, days: days)))
        }
        return loss
    }

    /// The price after so many days, as a multiple of that on the date.
    private func multiple(_ symbol: String, after day: Int, days: Int) throws(MethodFault) -> Double {
        guard let move = data.move(.spot(symbol), after: day, days: days) else {
            throw .missing("the return of \(symbol) after \(data.history.dates[day])")
        }
        return mk_exponential(move)
    }
}
