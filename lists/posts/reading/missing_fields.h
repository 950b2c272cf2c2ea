#pragma once

#include "lists/effects/arrival.h"
#include "lists/site/list.h"

namespace majlis::lists {

// `post` with the fields that RFC 5322 (3.6) has every message have, Message-ID and Date, where devices and scripts
// left them out. The Message-ID is made of the arrival, so the MTA's second try has the same; the Date is when it came.
mail::Message with_missing_fields(const List& list, const Arrival& arrival, const mail::Message& post);

}  // namespace majlis::lists
