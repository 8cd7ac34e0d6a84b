private import CZeroMQ

extension ZeroMQError {
    /// The meaning of the `errno` that the last libzmq call on this thread left behind.
    static func last() -> ZeroMQError { ZeroMQError(errno: zmq_errno()) }

    init(errno: Int32) {
        self =
            switch errno {
            case EADDRINUSE: .addressInUse
            case EADDRNOTAVAIL, ENODEV: .addressNotAvailable
            case ETERM: .contextTerminated
            case ECONNREFUSED: .connectionRefused
            case EINVAL: .invalidArgument
            case ENOCOMPATPROTO: .incompatibleTransport
            case ENOENT: .noSuchEndpoint
            case EACCES, EPERM: .permissionDenied
            case ENOTSOCK: .socketClosed
            case EMFILE: .tooManySockets
            case EHOSTUNREACH: .unroutable
            case EPROTONOSUPPORT: .unsupportedTransport
            case EFSM: .wrongState
            default: .system(errno: errno)
            }
    }
}
