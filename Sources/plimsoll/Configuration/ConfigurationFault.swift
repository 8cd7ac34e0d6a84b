/// What is wrong with a configuration or parameter file: names the file, the key and the cure.
struct ConfigurationFault: Error, Equatable, CustomStringConvertible {
    var file: String
    var line: Int?
    var key: String
    var explanation: String

    var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(explanation)" : "\(place): \(key): \(explanation)"
    }
}

/// All faults of one file, so that one run shows every mistake.
struct ConfigurationFaults: Error, CustomStringConvertible {
    var faults: [ConfigurationFault]

    var description: String { faults.map(\.description).joined(separator: "\n") }
}
