#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::lists {

// "cooks" in "lists.example.org": letters, digits, '-', '_', '.', beginning with a letter or digit, no "..", at most 40
// octets, lower case; never one of the reserved words (majordomo, listserv, mailman, postmaster, abuse ...) and never
// with a role suffix at its end (-request, -owner, -bounces, -approval, -subscribe ... , owner- in front). So it is
// safe as a path.
class ListName {
 public:
  static std::optional<ListName> parse(std::string_view name, std::string_view domain);

  const std::string& name() const { return name_; }
  const std::string& domain() const { return domain_; }
  std::string address() const { return name_ + "@" + domain_; }  // the key everywhere

  friend bool operator==(const ListName&, const ListName&) = default;
  friend auto operator<=>(const ListName&, const ListName&) = default;

 private:
  ListName(std::string name, std::string domain) : name_(std::move(name)), domain_(std::move(domain)) {}
  std::string name_;
  std::string domain_;
};

}  // namespace majlis::lists
