public import MarginDomain
public import MarginWire

/// The bytes of a signal that every correct engine computes alike: its SBE frame without epoch and commit flag, which
/// depend on the process that sends it.
public enum CanonicalSignal {
    /// The frame with epoch 0 and committed no.
    ///
    /// - Throws: never for signals of the engine; a ``WireError`` for one that does not fit a frame.
    public static func bytes(of signal: Signal) throws(WireError) -> [UInt8] {
        var canonical = signal
        canonical.epoch = Epoch(0)
        canonical.committed = false
        var encoder = SBEEncoder()
        try encoder.encode(OutboundMessage.signal(canonical))
        return encoder.frame
    }
}
