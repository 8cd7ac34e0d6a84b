import Foundation
import ZeroMQ

/// A configuration of the product for one measurement: its own folder, free ports, one publisher.
struct EngineProcessFiles {
    let folder: LogFolder
    let configuration: String
    let signals: String

    init(in directory: String, publisher: String, riskFile: String, _ context: ZeroMQContext) throws {
        folder = try LogFolder(in: directory)
        var endpoints: [String] = []
        for _ in 0..<6 { endpoints.append(try Self.freeEndpoint(in: context)) }
        signals = endpoints[0]
        configuration = folder.path + "/plimsoll.yaml"
        // Sources may be silent for as long as the measurement pleases: nobody answers recovery requests here.
        let text = """
            log:
              directory: "\(folder.path)/log"
            bus:
              sbe: ["\(publisher)"]
              sbeRecovery: ["\(endpoints[5])"]
              silenceMilliseconds: 60000
            signals:
              sbe: "\(endpoints[0])"
              json: "\(endpoints[1])"
            state:
              sbe: "\(endpoints[2])"
              json: "\(endpoints[3])"
              heartbeatMilliseconds: 50
            query:
              endpoint: "\(endpoints[4])"
            engine:
              risk: "\(URL(filePath: riskFile).path)"
            logging:
              level: warning

            """
        try text.write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    /// A loopback port that was free a moment ago.
    static func freeEndpoint(in context: ZeroMQContext) throws(ZeroMQError) -> String {
        let socket = try Socket(.dealer, in: context)
        try socket.bind("tcp://127.0.0.1:*")
        return try socket.lastEndpoint
    }
}
