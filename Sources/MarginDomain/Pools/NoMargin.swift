/// Why a pool has no margin, and what that is about: the first reason in the order of `docs/margin-model.md` §8.
///
/// `Signal`, `PoolState` and `Explanation` carry one field by field; of a pool with margin it is ``none``.
public struct NoMargin: Hashable, Sendable {
    public var reason: NoMarginReason
    /// 0 if it is about no asset.
    public var asset: AssetID
    /// ``InstrumentID/none`` if it is about no instrument.
    public var instrument: InstrumentID
    /// ``Timestamp/zero`` if it is about no expiry.
    public var expiry: Timestamp

    public init(
        _ reason: NoMarginReason, asset: AssetID = AssetID(0), instrument: InstrumentID = .none,
        expiry: Timestamp = .zero
    ) {
        self.reason = reason
        self.asset = asset
        self.instrument = instrument
        self.expiry = expiry
    }

    /// Of a pool with margin.
    public static let none = NoMargin(.none)
}

extension Signal {
    /// Why the pool has no margin.
    public var noMargin: NoMargin {
        NoMargin(reason, asset: reasonAsset, instrument: reasonInstrument, expiry: reasonExpiry)
    }
}

extension PoolState {
    /// Why the pool has no margin.
    public var noMargin: NoMargin {
        NoMargin(reason, asset: reasonAsset, instrument: reasonInstrument, expiry: reasonExpiry)
    }
}

extension Explanation {
    /// Why the pool has no margin.
    public var noMargin: NoMargin {
        NoMargin(reason, asset: reasonAsset, instrument: reasonInstrument, expiry: reasonExpiry)
    }
}
