#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/secret_file.h"

namespace majlis::auth {

// As fingerprint(), with a key: who has not the key can neither foresee one nor find two things that share one.
std::string keyed_fingerprint(const SecretKey& key, const std::vector<std::string_view>& pieces);

}  // namespace majlis::auth
