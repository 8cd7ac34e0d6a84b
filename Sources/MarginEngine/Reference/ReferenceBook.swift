import MarginDomain
import MarginMethods
import MarginModel

/// What has been listed: assets, instruments and agreements. Grows by reference events only.
struct ReferenceBook: Sendable {
    private(set) var assets: [AssetID: Asset] = [:]
    private(set) var instruments: [InstrumentID: Instrument] = [:]
    private(set) var agreements: [AgreementID: PoolAgreement] = [:]
    /// The margin methods that agreements name; none for the default model.
    private(set) var models: [AgreementID: Symbol] = [:]
    /// The terms of mutual agreements.
    private(set) var mutualTerms: [AgreementID: MutualTerms] = [:]
    /// Which group of affiliates an owner belongs to.
    private var affiliations: [OwnerID: OwnerID] = [:]
    private(set) var numeraire: AssetID?
    /// Assets with an index price, in order of id.
    private(set) var underlyings: [AssetID] = []

    /// Takes a listing; `true` if the asset is new.
    mutating func list(_ listing: AssetListed) throws(ListingRefusal) -> Asset? {
        let asset: Asset
        do { asset = try Asset(listing: listing) } catch { throw ListingRefusal(.listing(error)) }
        if let known = assets[asset.id] {
            guard known == asset else { throw ListingRefusal(.listing(.alreadyListedDifferently)) }
            return nil
        }
        if asset.role == .numeraire, numeraire != nil { throw ListingRefusal(.secondNumeraire) }
        guard assets.count < EngineLimits.assetsMax else { throw ListingRefusal(.listing(.tableFull)) }
        assets[asset.id] = asset
        if asset.role == .numeraire { numeraire = asset.id }
        if asset.role == .underlying {
            underlyings.append(asset.id)
            underlyings.sort()
        }
        return asset
    }

    /// Takes a listing; nil if the same terms were known.
    mutating func list(_ listing: InstrumentListed) throws(ListingRefusal) -> Instrument? {
        guard let underlying = assets[listing.underlying] else {
            throw ListingRefusal(.listing(.unknownAsset(listing.underlying)))
        }
        guard let settlement = assets[listing.settlementAsset] else {
            throw ListingRefusal(.listing(.unknownAsset(listing.settlementAsset)))
        }
        let instrument: Instrument
        do { instrument = try Instrument(listing: listing, underlying: underlying, settlement: settlement) } catch {
            throw ListingRefusal(.listing(error))
        }
        if let known = instruments[instrument.id] {
            guard known == instrument else { throw ListingRefusal(.listing(.alreadyListedDifferently)) }
            return nil
        }
        guard instruments.count < EngineLimits.instrumentsMax else { throw ListingRefusal(.listing(.tableFull)) }
        instruments[instrument.id] = instrument
        return instrument
    }

    mutating func delist(_ instrument: InstrumentID) { instruments[instrument] = nil }

    mutating func amend(_ change: InstrumentAmended) {
        instruments[change.instrument] = instruments[change.instrument]?.renamed(change.symbol)
    }

    /// Takes the terms of an agreement.
    mutating func agree(_ agreement: PoolAgreement) throws(ListingRefusal) {
        // Own pools have no agreement that anybody could change.
        guard agreement.agreement != .ownPool else { throw ListingRefusal(.identifierTaken) }
        let isDefault = agreement.model == .empty || agreement.model == .defaultModel
        if agreement.kind == .mutual {
            guard isDefault else { throw ListingRefusal(.mutual(.method)) }
            do { mutualTerms[agreement.agreement] = try MutualTerms(agreement) } catch {
                throw ListingRefusal(.mutual(.terms(error)))
            }
        }
        guard isDefault || MethodRegistry.method(named: "\(agreement.model)") != nil else {
            throw ListingRefusal(.unknownMethod(agreement.model))
        }
        models[agreement.agreement] = isDefault ? nil : agreement.model
        if agreement.kind == .oneOwner { mutualTerms[agreement.agreement] = nil }
        agreements[agreement.agreement] = agreement
    }

    /// Takes in that an owner belongs to a group of affiliates.
    mutating func link(_ event: OwnerLinked) { affiliations[event.owner] = event.group }

    /// The group of affiliates of an owner; an owner that was not linked is a group by itself.
    func affiliation(of owner: OwnerID) -> OwnerID { affiliations[owner] ?? owner }
}

/// A refusal as an error, so that a listing either yields what was listed or says why not.
struct ListingRefusal: Error {
    let refusal: Refusal
    init(_ refusal: Refusal) { self.refusal = refusal }
}

extension ReferenceBook {
    /// What questions call the assets, in order of asset.
    var symbols: [(symbol: String, asset: AssetID)] {
        assets.keys.sorted().compactMap { id in assets[id].map { ("\($0.symbol)", id) } }
    }
}
