#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/site/directory.h"

namespace majlis::commands {

// A list's name and what is left of the arguments.
struct NamedTarget {
  std::optional<lists::ListName> list;
  std::vector<std::string> rest;
};

// How the words of one message are read as lists: by the address it was sent to.
class ListLookup {
 public:
  // `server`: the address that took the message.
  ListLookup(const lists::Site& site, std::string_view server, std::optional<lists::ListName> default_list);

  const std::optional<lists::ListName>& default_list() const { return default_list_; }
  const std::string& default_domain() const { return default_domain_; }
  // A bare name means the default domain. So does "<LIST@host>" with a host the site does not serve, as in Majordomo,
  // where the word can be nothing but a list: with a default list it may be a person's address.
  std::optional<lists::ListName> find(std::string_view word) const;

  // Majordomo's default-list rule (majordomo.md 1.3): without a default list the first argument names it; with one, a
  // line of fewer than `own_arguments` is about the default list, and so is one whose first word names no list.
  NamedTarget name_target(std::vector<std::string> arguments, unsigned own_arguments) const;

 private:
  const lists::Site* site_;
  std::optional<lists::ListName> default_list_;
  std::string default_domain_;
};

}  // namespace majlis::commands
