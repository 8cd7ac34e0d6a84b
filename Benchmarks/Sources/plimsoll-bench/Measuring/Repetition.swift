/// How much is spent on a measurement.
struct Effort: Sendable {
    /// Runs of which the median counts.
    let runs: Int
    let secondsPerRun: Double

    static let full = Effort(runs: 7, secondsPerRun: 0.2)
    static let smoke = Effort(runs: 2, secondsPerRun: 0.001)
}

/// Nanoseconds an operation, by both clocks: they differ when others want the processor too.
struct Timing {
    let cpu: Spread
    let wall: Spread

    func scaled(by factor: Double) -> Timing {
        Timing(cpu: cpu.scaled(by: factor), wall: wall.scaled(by: factor))
    }
}

/// Measured work that gave another result than the time before: the figure would mean nothing.
struct ResultChanged: Error, CustomStringConvertible {
    let expected: UInt64
    let found: UInt64
    var description: String { "a repetition gave \(found), the ones before it \(expected)" }
}

extension Effort {
    /// Times a single-threaded piece of work.
    ///
    /// - Parameters:
    ///   - operations: in one call of `work`.
    ///   - work: returns a number that depends on everything it did and is the same every time, so that neither the
    ///     optimiser can leave something out nor a fault go unnoticed.
    func measure(operations: Int, _ work: () throws -> UInt64) throws -> Timing {
        let expected = try work()
        var repeats = 1
        while try run(repeats, expected, work).wall < secondsPerRun * 1e9 { repeats *= 2 }
        var cpu: [Double] = []
        var wall: [Double] = []
        for _ in 0..<runs {
            let spent = try run(repeats, expected, work)
            cpu.append(spent.cpu / Double(repeats * operations))
            wall.append(spent.wall / Double(repeats * operations))
        }
        return Timing(cpu: Spread(cpu), wall: Spread(wall))
    }

    private func run(
        _ repeats: Int, _ expected: UInt64, _ work: () throws -> UInt64
    ) throws -> (cpu: Double, wall: Double) {
        let begin = ClockReading()
        for _ in 0..<repeats {
            let found = try work()
            guard found == expected else { throw ResultChanged(expected: expected, found: found) }
        }
        let end = ClockReading()
        return (cpu: Double(end.thread - begin.thread), wall: Double(end.wall - begin.wall))
    }
}
