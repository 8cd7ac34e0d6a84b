extension MethodAnswer {
    /// The answer itself.
    ///
    /// - Throws: ``MethodFault/overflow`` if any number in it is not finite.
    public func finite() throws(MethodFault) -> MethodAnswer {
        let parts = components.flatMap { [$0.initial, $0.maintenance] } + bindings.map(\.loss)
        let numbers = [equity, markToMarket, initialMargin, maintenanceMargin, initialBalance, maintenanceBalance]
        guard (numbers + parts).allSatisfy(\.isFinite) else { throw .overflow }
        return self
    }
}
