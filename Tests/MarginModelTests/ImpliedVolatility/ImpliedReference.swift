@testable import MarginModel

/// A price and the volatility that multiprecision finds for it.
struct ImpliedReference: Sendable {
    let quote: OptionQuote
    let volatility: Double

    enum Kind { case call, put }

    init(_ kind: Kind, forward: Double, strike: Double, years: Double, price: Double, volatility: Double) {
        quote = OptionQuote(isCall: kind == .call, forward: forward, strike: strike, years: years, price: price)
        self.volatility = volatility
    }
}

/// mpmath 1.3 with 60 digits: the root of Black-76 at exactly the numbers given, by Newton's method on its logarithm.
let impliedReferences = [
    ImpliedReference(
        .call, forward: 100.0, strike: 100.0, years: 0.25,
        price: 3.9877611676744924, volatility: 0.20000000000000000415),
    ImpliedReference(
        .call, forward: 100.0, strike: 120.0, years: 0.25,
        price: 0.14733226325696117, volatility: 0.20000000000000001095),
    ImpliedReference(
        .put, forward: 100.0, strike: 120.0, years: 0.25,
        price: 20.14733226325696, volatility: 0.19999999999999968252),
    ImpliedReference(
        .put, forward: 97000.5, strike: 60000.0, years: 0.0027397260273972603,
        price: 6.331867847512799e-51, volatility: 0.59999999999999997765),
    ImpliedReference(
        .call, forward: 97000.5, strike: 98000.0, years: 0.0027397260273972603,
        price: 2.6820211656519695e-85, volatility: 0.010000000000000000209),
    ImpliedReference(
        .call, forward: 2500.0, strike: 2500.0, years: 3.0,
        price: 2499.962744160519, volatility: 4.9999999999999490763),
    ImpliedReference(
        .call, forward: 2500.0, strike: 9000000.0, years: 3.0,
        price: 2498.513698914233, volatility: 4.9999999999999974495),
    ImpliedReference(
        .put, forward: 2500.0, strike: 9000000.0, years: 3.0,
        price: 8999998.513698915, volatility: 5.0000000001399265795),
    ImpliedReference(
        .put, forward: 7.12e-06, strike: 7.5e-06, years: 0.0821917808219178,
        price: 1.44344925568532e-06, volatility: 1.5000000000000000996),
    ImpliedReference(
        .call, forward: 7.12e-06, strike: 7.5e-06, years: 0.0821917808219178,
        price: 1.0634492556853194e-06, volatility: 1.5000000000000000996),
    ImpliedReference(
        .put, forward: 60000.0, strike: 59999.0, years: 3.1709791983764586e-08,
        price: 1.668431544926486, volatility: 0.50000000000000000092),
    ImpliedReference(
        .put, forward: 1.0, strike: 1.0, years: 1.0,
        price: 0.39582078529942577, volatility: 1.036799999999999911),
    ImpliedReference(
        .put, forward: 1.0, strike: 0.9999999999, years: 1.0,
        price: 3.989372803993567e-06, volatility: 9.9999999999999998035e-6),
    ImpliedReference(
        .call, forward: 1.0, strike: 1.000000001, years: 1.0,
        price: 8.331545758147793e-11, volatility: 1.0000000000000000559e-9),
    ImpliedReference(
        .call, forward: 100.0, strike: 250.0, years: 2.0,
        price: 19.234479270137413, volatility: 0.80000000000000005054),
    ImpliedReference(
        .call, forward: 100.0, strike: 40.0, years: 2.0,
        price: 67.69379170805496, volatility: 0.79999999999999979103),
    ImpliedReference(
        .put, forward: 100.0, strike: 40.0, years: 2.0,
        price: 7.693791708054965, volatility: 0.80000000000000003432),
    ImpliedReference(
        .call, forward: 100.0, strike: 1000.0, years: 0.5,
        price: 5.7394219729061035e-27, volatility: 0.29999999999999998904),
    ImpliedReference(
        .call, forward: 60000.0, strike: 200000.0, years: 0.019178082191780823,
        price: 3.0845814782737665e-19, volatility: 0.90000000000000002291),
    ImpliedReference(
        .put, forward: 60000.0, strike: 20000.0, years: 0.019178082191780823,
        price: 2.86667770766339e-16, volatility: 0.90000000000000002208),
    ImpliedReference(
        .call, forward: 100.0, strike: 100.0, years: 1.0,
        price: 1e-12, volatility: 2.506628274631000452e-14),
    ImpliedReference(
        .call, forward: 100.0, strike: 100.0, years: 1.0,
        price: 1e-300, volatility: 2.5066282746310005652e-302),
    ImpliedReference(
        .call, forward: 100.0, strike: 101.0, years: 1.0,
        price: 1e-300, volatility: 0.0002700081503197071633),
    ImpliedReference(
        .put, forward: 100.0, strike: 50.0, years: 1.0,
        price: 0x1p-1074, volatility: 0.018060648430423451163),
    ImpliedReference(
        .call, forward: 1.0, strike: 0.001, years: 1.0,
        price: 0.9999999999999999, volatility: 15.719075898916183703),
    ImpliedReference(
        .call, forward: 100.0, strike: 100.0, years: 1.0,
        price: 99.99999999999999, volatility: 16.525912143873087526),
    ImpliedReference(
        .call, forward: 100.0, strike: 100.0, years: 1.0,
        price: 50.0, volatility: 1.3489795003921634864),
    ImpliedReference(
        .call, forward: 100.0, strike: 200.0, years: 1.0,
        price: 99.999, volatility: 8.9819103187864147936),
    ImpliedReference(
        .put, forward: 100.0, strike: 200.0, years: 1.0,
        price: 199.9, volatility: 6.7711050674570706201),
    ImpliedReference(
        .put, forward: 100.0, strike: 200.0, years: 1.0,
        price: 100.00000000000001, volatility: 0.090407216357298243531),
    ImpliedReference(
        .call, forward: 97000.5, strike: 60000.0, years: 0.1,
        price: 37000.50000000001, volatility: 0.1991479995635876856),
    ImpliedReference(
        .call, forward: 1e+200, strike: 3e+200, years: 1.0,
        price: 1e+190, volatility: 0.18651545585095787287),
    ImpliedReference(
        .put, forward: 1e-200, strike: 3e-201, years: 1.0,
        price: 1e-230, volatility: 0.10943178456913237678),
    ImpliedReference(
        .call, forward: 1e-05, strike: 100000.0, years: 0.5,
        price: 1e-09, volatility: 5.8130693792699217082),
    ImpliedReference(
        .put, forward: 60000.0, strike: 60000.0, years: 1.0,
        price: 23000.0, volatility: 1.001160210933479505),
    ImpliedReference(
        .put, forward: 60000.0, strike: 60000.0, years: 1.0,
        price: 25000.0, volatility: 1.0970445653961958879),
]
