/// Value and sensitivities of many options at once. docs/pricing.md says what is computed, and how accurately.
#pragma once
#include <stdint.h>

/// Options, one in each place of the arrays. Dollars and years.
typedef struct {
    const double *spot;
    const double *forward;
    const double *strike;
    const double *volatility;
    const double *years;
    /// Discount rate, continuously compounded; ignored for inverse options.
    const double *rate;
    /// +1 call, −1 put.
    const double *sign;
} mk_greek_options;

/// Where the results go, one in each place. Of one unit, in dollars, in the units of the glossary.
typedef struct {
    double *value;
    /// Units of the underlying, with the forward moving along with spot.
    double *delta;
    /// Units per dollar.
    double *gamma;
    /// Per volatility point (0.01).
    double *vega;
    /// Per day of 1/365 year.
    double *theta;
    /// Per 1 % of the rate, at a fixed forward.
    double *rho;
    /// Change of delta per volatility point.
    double *vanna;
    /// Change of vega per volatility point.
    double *volga;
} mk_greek_results;

/// Values `count` options, inverse ones (paid in coin) if `is_inverse`, else linear ones. Uses the variant in use
/// (mk_variant_select); all variants give the same bits.
void mk_greeks(const mk_greek_options *options, int32_t is_inverse, int64_t count, const mk_greek_results *results);
