#pragma once

#include "lists/site/config/list_config.h"
#include "mail/address.h"

namespace majlis::lists {

// Whether address_filter names the address, and address_filter_except does not.
bool is_filtered(const ListConfig& config, const mail::Address& address);

// Whether it may ask to join: by that, and by join_domains. An owner may add it all the same.
bool may_ask_to_join(const ListConfig& config, const mail::Address& address);

// subscribe_auto_approval: where joining needs an owner's approval, this address does not.
bool is_approved_to_join(const ListConfig& config, const mail::Address& address);

}  // namespace majlis::lists
