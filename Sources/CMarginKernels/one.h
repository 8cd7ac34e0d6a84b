// The functions for one number, included once per variant: the first lane of eight equal ones.

static double MK(one_exponential)(double x) { return MK(exponential)((mk_vector)(x > 709.0 ? 709.0 : x))[0]; }

static double MK(one_logarithm)(double x) { return MK(logarithm)((mk_vector)x)[0]; }

static double MK(one_normal)(double x) {
    mk_vector p, q, e = MK(exponential)((mk_vector)((x * x) * -0.5));
    MK(tail)((mk_vector)(x < 0 ? -x : x), &p, &q);
    const double lower = (e[0] * p[0]) / q[0];
    return x > 0 ? 1.0 - lower : lower;
}

static double MK(one_black)(double sign, double forward, double strike, double log_moneyness, double deviation) {
    const MK(terms) terms = {(mk_vector)strike, (mk_vector)(1.0 / strike), (mk_vector)sign, 1};
    mk_vector unused;
    return MK(black)(terms, (mk_vector)forward, (mk_vector)log_moneyness, MK(width_of)((mk_vector)deviation),
                     &unused)[0];
}
