import MarginDomain

/// The questions that somebody else answers, by the number under which the answer comes back.
struct TicketBook {
    private struct Open {
        let asker: Asker
        let deadline: ContinuousClock.Instant
    }

    private var open: [UInt64: Open] = [:]
    /// In order of number, which is the order of deadlines too; closed ones are skipped.
    private var order: [UInt64] = []
    private var orderFirst = 0
    private var lastNumber: UInt64 = 0
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { open.count }

    /// A number for the question; nil if too many are open.
    mutating func issue(to asker: Asker, deadline: ContinuousClock.Instant) -> UInt64? {
        guard open.count < capacity else { return nil }
        lastNumber += 1
        open[lastNumber] = Open(asker: asker, deadline: deadline)
        order.append(lastNumber)
        return lastNumber
    }

    /// Who asked; nil if the number is not open any more.
    mutating func close(_ number: UInt64) -> Asker? { open.removeValue(forKey: number)?.asker }

    /// The next ticket whose asker has waited too long, and the asker.
    mutating func expire(at now: ContinuousClock.Instant) -> (number: UInt64, asker: Asker)? {
        while orderFirst < order.count {
            let number = order[orderFirst]
            if let ticket = open[number] {
                guard ticket.deadline <= now else { return nil }
                open[number] = nil
                orderFirst += 1
                return (number, ticket.asker)
            }
            orderFirst += 1
        }
        order.removeAll(keepingCapacity: true)
        orderFirst = 0
        return nil
    }
}
