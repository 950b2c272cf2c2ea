#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/upkeep/person_words.h"

namespace majlis::lists {

// A message in which a person is not to be found any more: address and name in every field and text are kErased,
// decoded and written again in the same encoding where they stood in one. In messages of others, names of one word
// stay: they may be somebody else's. Signatures no longer hold. `person`: what is known without this message, which may
// add names. Any octets are a message. nullopt: it is not in there.
std::optional<std::string> message_without(std::string_view bytes, const PersonWords& person);

}  // namespace majlis::lists
