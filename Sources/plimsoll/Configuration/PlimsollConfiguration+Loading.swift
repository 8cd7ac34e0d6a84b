import Configuration
import Foundation
import SystemPackage
import Yams

extension PlimsollConfiguration {
    /// Reads a file, lets the environment override it, and checks every value.
    ///
    /// - Throws: ``ConfigurationFaults`` naming file, line, key and cure.
    static func load(_ path: String) async throws -> PlimsollConfiguration {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw ConfigurationFaults(faults: [
                ConfigurationFault(file: path, key: "", explanation: "cannot be read: \(error.localizedDescription)")
            ])
        }
        try checkKeys(of: text, in: path)
        let file = try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
        let environment = EnvironmentVariablesProvider().prefixKeys(with: "plimsoll")
        let defaults = InMemoryProvider(name: "defaults", values: PlimsollConfiguration().values)
        let configuration = try PlimsollConfiguration(
            reading: ConfigReader(providers: [environment, file, defaults]), file: path)
        let faults = configuration.faults(in: path)
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
        return configuration
    }

    private static func checkKeys(of text: String, in path: String) throws {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            throw ConfigurationFaults(faults: [ConfigurationFault(file: path, key: "", explanation: "\(error)")])
        }
        guard let node else { return }
        let faults = KnownKeys.configuration.faults(in: node, file: path)
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
    }

    /// - Throws: ``ConfigurationFaults`` for a value that is not of its key's kind, wherever it was written.
    private init(reading reader: ConfigReader, file: String) throws {
        self.init()
        var faults: [ConfigurationFault] = []
        func read<Value>(_ key: String, into value: inout Value, _ get: (ConfigKey) throws -> Value) {
            do { value = try get(ConfigKey(key)) } catch {
                faults.append(ConfigurationFault(file: file, key: key, explanation: "\(error)"))
            }
        }
        func text(_ key: ConfigKey) throws -> String { try reader.requiredString(forKey: key) }
        func integer(_ key: ConfigKey) throws -> Int { try reader.requiredInt(forKey: key) }
        func texts(_ key: ConfigKey) throws -> [String] { try reader.requiredStringArray(forKey: key) }
        read("log.directory", into: &log.directory, text)
        read("log.id", into: &log.id) { UInt64(clamping: try integer($0)) }
        read("log.segmentMebibytes", into: &log.segmentMebibytes, integer)
        read("bus.sbe", into: &bus.sbe, texts)
        read("bus.json", into: &bus.json, texts)
        read("bus.sbeRecovery", into: &bus.sbeRecovery, texts)
        read("bus.jsonRecovery", into: &bus.jsonRecovery, texts)
        read("bus.silenceMilliseconds", into: &bus.silenceMilliseconds, integer)
        read("signals.sbe", into: &signals.sbe, text)
        read("signals.json", into: &signals.json, text)
        read("state.sbe", into: &state.endpoints.sbe, text)
        read("state.json", into: &state.endpoints.json, text)
        read("state.moveBasisPoints", into: &state.moveBasisPoints, integer)
        read("state.refreshSeconds", into: &state.refreshSeconds, integer)
        read("state.heartbeatMilliseconds", into: &state.heartbeatMilliseconds, integer)
        read("query.endpoint", into: &queryEndpoint, text)
        read("engine.shards", into: &shardCount, integer)
        read("engine.risk", into: &riskFile, text)
        read("logging.level", into: &logLevel, text)
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
    }

    /// The defaults as a provider, so that every read finds a value and a wrong kind is an error.
    private var values: [AbsoluteConfigKey: ConfigValue] {
        func integer(_ value: Int) -> ConfigValue { ConfigValue(.int(value), isSecret: false) }
        func text(_ value: String) -> ConfigValue { ConfigValue(.string(value), isSecret: false) }
        func texts(_ value: [String]) -> ConfigValue { ConfigValue(.stringArray(value), isSecret: false) }
        let values: [String: ConfigValue] = [
            "log.directory": text(log.directory), "log.id": integer(Int(clamping: log.id)),
            "log.segmentMebibytes": integer(log.segmentMebibytes),
            "bus.sbe": texts(bus.sbe), "bus.json": texts(bus.json),
            "bus.sbeRecovery": texts(bus.sbeRecovery), "bus.jsonRecovery": texts(bus.jsonRecovery),
            "bus.silenceMilliseconds": integer(bus.silenceMilliseconds),
            "signals.sbe": text(signals.sbe), "signals.json": text(signals.json),
            "state.sbe": text(state.endpoints.sbe), "state.json": text(state.endpoints.json),
            "state.moveBasisPoints": integer(state.moveBasisPoints),
            "state.refreshSeconds": integer(state.refreshSeconds),
            "state.heartbeatMilliseconds": integer(state.heartbeatMilliseconds),
            "query.endpoint": text(queryEndpoint), "engine.shards": integer(shardCount),
            "engine.risk": text(riskFile), "logging.level": text(logLevel),
        ]
        return Dictionary(
            uniqueKeysWithValues: values.map { (AbsoluteConfigKey($0.split(separator: ".").map(String.init)), $1) })
    }

    /// Values that cannot work, each with its cure.
    func faults(in file: String) -> [ConfigurationFault] {
        func range(_ key: String, _ value: Int, _ allowed: ClosedRange<Int>) -> ConfigurationFault? {
            allowed.contains(value)
                ? nil
                : ConfigurationFault(
                    file: file, key: key,
                    explanation: "\(value) is outside \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        func endpoint(_ key: String, _ value: String) -> ConfigurationFault? {
            let known = ["tcp://", "ipc://", "inproc://"].contains { value.hasPrefix($0) && value.count > $0.count }
            return known
                ? nil
                : ConfigurationFault(
                    file: file, key: key, explanation: "\"\(value)\" is not an endpoint such as tcp://127.0.0.1:5600")
        }
        let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        var faults = [
            range("log.segmentMebibytes", log.segmentMebibytes, 1...4096),
            range("log.id", Int(clamping: log.id), 1...Int.max),
            range("bus.silenceMilliseconds", bus.silenceMilliseconds, 50...60_000),
            range("state.moveBasisPoints", state.moveBasisPoints, 1...1_000_000),
            range("state.refreshSeconds", state.refreshSeconds, 1...86_400),
            range("state.heartbeatMilliseconds", state.heartbeatMilliseconds, 10...10_000),
            range("engine.shards", shardCount, 1...1024),
            endpoint("signals.sbe", signals.sbe), endpoint("signals.json", signals.json),
            endpoint("state.sbe", state.endpoints.sbe), endpoint("state.json", state.endpoints.json),
            endpoint("query.endpoint", queryEndpoint),
        ].compactMap { $0 }
        faults += bus.sbe.compactMap { endpoint("bus.sbe", $0) } + bus.json.compactMap { endpoint("bus.json", $0) }
        for (key, events, recovery) in [
            ("bus.sbeRecovery", bus.sbe, bus.sbeRecovery), ("bus.jsonRecovery", bus.json, bus.jsonRecovery),
        ] {
            faults += recovery.compactMap { endpoint(key, $0) }
            if recovery.count != events.count {
                faults.append(
                    ConfigurationFault(
                        file: file, key: key,
                        explanation:
                            "needs one endpoint for each of the \(events.count) publishers, has \(recovery.count)"))
            }
        }
        if bus.sbe.isEmpty && bus.json.isEmpty {
            faults.append(
                ConfigurationFault(file: file, key: "bus.sbe", explanation: "name at least one publisher to connect to")
            )
        }
        if !levels.contains(logLevel) {
            faults.append(
                ConfigurationFault(
                    file: file, key: "logging.level",
                    explanation: "\"\(logLevel)\" is not one of \(levels.joined(separator: ", "))"))
        }
        return faults
    }
}
