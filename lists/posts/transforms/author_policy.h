#pragma once

#include <optional>
#include <string_view>

#include "lists/effects/domain_policies.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {

// What a list does for the sake of the author's domain (its settings dmarc and dmarc_from, RFC 9989) once it has
// changed a post.
struct AuthorPolicy {
  AuthorAs author_as = AuthorAs::written;
  bool is_refused = false;  // unless somebody answers for the post: then it goes out as `author_as`
  std::optional<AskedPolicy> asked = {};
};

// From what our own mail server says in Authentication-Results where it tells the policy, else as `policies` find it.
// Without one single author, with dmarc = none, and on an anonymous list nobody is asked.
Result<AuthorPolicy> find_author_policy(const PostContext& context, const DomainPolicies& policies);

// Whether a domain with this policy asks for it by a dmarc_from of reject, quarantine or all. One under test (t=y)
// counts one step lower (RFC 9989 4.7). Nobody knows: yes.
bool asks_for_it(const store::DomainPolicy& policy, std::string_view dmarc_from);

}  // namespace majlis::lists
