/// Why each pool that is evaluated in every cut is.
struct ExactReasons: Sendable {
    /// By slot; one more than a reason's place, 0 for none.
    private var numbers: [UInt8] = []

    subscript(pool: PoolSlot) -> ExactReason? {
        get {
            let number = pool.index < numbers.count ? Int(numbers[pool.index]) : 0
            return number == 0 ? nil : ExactReason.allCases[number - 1]
        }
        set {
            let missing = pool.index + 1 - numbers.count
            if missing > 0 {
                guard newValue != nil else { return }
                numbers.append(contentsOf: repeatElement(0, count: missing))
            }
            numbers[pool.index] =
                newValue.flatMap { ExactReason.allCases.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0
        }
    }

    var counts: [ExactReason: Int] {
        var byNumber = [Int](repeating: 0, count: ExactReason.allCases.count + 1)
        for number in numbers { byNumber[Int(number)] += 1 }
        return Dictionary(uniqueKeysWithValues: zip(ExactReason.allCases, byNumber.dropFirst()))
            .filter { $0.value > 0 }
    }
}
