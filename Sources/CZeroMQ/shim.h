#ifndef PLIMSOLL_CZEROMQ_SHIM_H
#define PLIMSOLL_CZEROMQ_SHIM_H

#include <errno.h>
#include <zmq.h>

/* libzmq 4.3 accepts this option in every build but names it only in draft builds. Without it a CURVE server admits every key while no ZAP responder runs. */
#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93
#endif

#endif
