import Testing
import ZeroMQ

@Suite struct SocketSecurityTests {
    @Test(arguments: [
        "tcp://*:5555", "tcp://0.0.0.0:5555", "tcp://10.0.0.1:5555", "tcp://localhost.example.org:5555",
        "tcp://127.example.org:5555",
        "tcp://127.0.0.1:0;10.0.0.1:5555", "tcp://[::]:5555", "udp://127.0.0.1:5555", "tcp://", "",
    ])
    func `without encryption an endpoint beyond this machine is refused`(endpoint: String) throws {
        let socket = try Socket(.sub, in: try ZeroMQContext())

        #expect(throws: ZeroMQError.insecureEndpoint(endpoint)) { try socket.bind(endpoint) }
        #expect(throws: ZeroMQError.insecureEndpoint(endpoint)) { try socket.connect(endpoint) }
    }

    @Test(arguments: ["tcp://127.0.0.1:65000", "tcp://localhost:65000", "tcp://[::1]:65000", "inproc://here"])
    func `without encryption an endpoint on this machine is accepted`(endpoint: String) throws {
        let socket = try Socket(.sub, in: try ZeroMQContext())

        #expect(throws: Never.self) { try socket.connect(endpoint) }
    }

    @Test func `an encrypted server without a domain is a programmer's error`() async {
        await #expect(processExitsWith: .failure) {
            var options = SocketOptions()
            options.security = .curveServer(secretKey: try CurveKeyPair.generate().secretKey, domain: "")
            _ = try Socket(.pub, in: try ZeroMQContext(), options: options)
        }
    }
}
